import Link from "next/link";
import { BrandMark } from "@/components/brand-mark";
import { Button } from "@/components/ui/button";

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center px-6">
      <div className="flex max-w-md flex-col items-center gap-5 text-center">
        <BrandMark className="size-8" />
        <h1 className="verdict">There is nothing at this address.</h1>
        <p className="text-muted-foreground">
          It may have been deleted in Seerr, or the link is older than what is kept.
        </p>
        <Button asChild>
          <Link href="/">Go to the overview</Link>
        </Button>
      </div>
    </main>
  );
}
