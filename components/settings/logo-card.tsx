"use client";

import { useRouter } from "next/navigation";
import { useRef, useState, useTransition } from "react";
import { toast } from "sonner";
import type { ActionResult } from "@/lib/domain/views/action-result";
import { ServerButton } from "../server-button";
import { Card, CardHead } from "../ui/card";

/** Pixels of each side of what is sent: four times what mails show, for sharp screens. */
const side = 104;

/** The uploaded logo: chosen, made small and square in the browser, kept at once. */
export function LogoCard({
  logo,
  isLocked,
  setLogo,
}: {
  logo: string | null;
  isLocked: boolean;
  setLogo: (input: { picture: string | null }) => Promise<ActionResult>;
}) {
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, startTransition] = useTransition();
  const keep = (picture: string | null) =>
    startTransition(async () => {
      const result = await setLogo({ picture }).catch(
        (): ActionResult => ({ kind: "refused", words: "Nothing answers at BingeAlert" }),
      );
      if (result.kind === "refused") {
        setProblem([result.words, result.detail].filter(Boolean).join(". "));
        return;
      }
      setProblem(null);
      toast(result.words, result.detail ? { description: result.detail } : {});
      router.refresh();
    });
  const choose = async (file: File | undefined) => {
    if (!file) return;
    const picture = await smallSquare(file).catch(() => null);
    if (picture === null) setProblem("This file is no picture the browser can read.");
    else keep(picture);
  };
  return (
    <Card>
      <CardHead title="Logo" />
      <div className="flex items-center gap-4 p-4 max-sm:flex-wrap">
        <span className="grid size-[52px] shrink-0 place-items-center overflow-hidden rounded-md border border-border bg-sunken text-xs text-subtle-foreground">
          {logo ? (
            // biome-ignore lint/performance/noImgElement: a data address needs no optimising
            <img src={logo} alt="The logo in use" className="size-full object-cover" />
          ) : (
            "None"
          )}
        </span>
        <div className="min-w-0 flex-1 text-sm max-sm:min-w-[220px]">
          <p className="text-muted-foreground">
            {isLocked
              ? "Set by the environment. Change MAIL_LOGO where BingeAlert is started."
              : "Any picture the browser can show. It is made small and square here, kept in the database, and goes along with each mail. Saved at once."}
          </p>
          {problem ? (
            <p role="alert" className="mt-1 text-danger-text">
              {problem}
            </p>
          ) : null}
        </div>
        <input
          ref={input}
          type="file"
          accept="image/*"
          aria-label="Picture for the logo"
          className="sr-only"
          tabIndex={-1}
          disabled={isLocked}
          onChange={(event) => {
            void choose(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
        {isLocked ? null : (
          <div className="flex gap-2">
            {logo ? (
              <ServerButton variant="danger" busy={false} blocked={busy} onClick={() => keep(null)}>
                Take away
              </ServerButton>
            ) : null}
            <ServerButton busy={busy} onClick={() => input.current?.click()}>
              {logo ? "Replace" : "Upload"}
            </ServerButton>
          </div>
        )}
      </div>
    </Card>
  );
}

/** The picture as a PNG of 104 by 104 in base64: whole, on a clear ground. What it carried along is left behind. */
async function smallSquare(file: File): Promise<string> {
  const address = URL.createObjectURL(file);
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const canvas = document.createElement("canvas");
    canvas.width = side;
    canvas.height = side;
    // A drawing without a size of its own fills the square.
    const width = picture.naturalWidth || side;
    const height = picture.naturalHeight || side;
    const scale = Math.min(side / width, side / height);
    const context = canvas.getContext("2d");
    if (!context) throw new Error("The browser cannot draw");
    context.imageSmoothingQuality = "high";
    context.drawImage(
      picture,
      (side - width * scale) / 2,
      (side - height * scale) / 2,
      width * scale,
      height * scale,
    );
    return canvas.toDataURL("image/png").replace(/^data:image\/png;base64,/, "");
  } finally {
    URL.revokeObjectURL(address);
  }
}
