"use client";

import { Plus, Search, UserPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { toast } from "sonner";
import type { ActionResult } from "@/lib/domain/views/action-result";
import { plural } from "@/lib/domain/views/count-words";
import type { PersonView } from "@/lib/domain/views/person";
import { Avatar } from "../avatar";
import { ServerButton } from "../server-button";
import { Button } from "../ui/button";
import { Dialog, DialogActions, DialogClose, DialogContent, DialogTrigger } from "../ui/dialog";

export type Attachable = { userId: number; person: PersonView; note: string };

/** Picks people to attach to a request; they get everything that follows, and what is there when asked. */
export function AddPeople({
  people,
  title,
  attach,
  look,
}: {
  people: Attachable[];
  title: string;
  attach: (input: { userIds: number[]; includeExisting: boolean }) => Promise<ActionResult>;
  /** In a card head, beside the title of the page, or only an icon on a phone. */
  look: "head" | "page";
}) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [existing, setExisting] = useState(false);
  const [busy, startTransition] = useTransition();
  const wanted = text.trim().toLowerCase();
  const shown = people.filter(
    ({ person, note }) =>
      person.name.toLowerCase().includes(wanted) || note.toLowerCase().includes(wanted),
  );
  const toggle = (userId: number) => {
    const next = new Set(chosen);
    if (!next.delete(userId)) next.add(userId);
    setChosen(next);
  };
  const save = () =>
    startTransition(async () => {
      const result = await attach({ userIds: [...chosen], includeExisting: existing });
      const options = result.detail ? { description: result.detail } : {};
      if (result.kind === "done") {
        toast(result.words, options);
        setOpen(false);
        setChosen(new Set());
        router.refresh();
      } else toast.error(result.words, options);
    });
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        {look === "head" ? (
          <Button variant="ghost" size="row">
            <Plus aria-hidden />
            Add
          </Button>
        ) : (
          <Button>
            <UserPlus aria-hidden />
            Add people
          </Button>
        )}
      </DialogTrigger>
      <DialogContent
        title={`Who else is told about “${title}”?`}
        description="They get one mail for everything that follows."
      >
        <label className="mx-5 mt-4 flex h-9 items-center gap-2 rounded-sm border border-input bg-card px-[11px] max-md:h-11">
          <Search aria-hidden className="size-3.5 text-subtle-foreground" />
          <span className="sr-only">Name or address</span>
          <input
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            placeholder="Name or address"
            className="w-full bg-transparent text-base outline-none placeholder:text-subtle-foreground max-md:text-md"
          />
        </label>
        <ul className="mx-2 mt-2 min-h-24 flex-1 overflow-y-auto px-1">
          {shown.map(({ userId, person, note }) => (
            <li key={userId}>
              <label className="flex min-h-12 w-full cursor-pointer items-center gap-3 rounded-sm px-2 text-left focus-within:bg-hover hover:bg-hover">
                <input
                  type="checkbox"
                  checked={chosen.has(userId)}
                  onChange={() => toggle(userId)}
                  className="size-4 shrink-0 accent-(--primary)"
                />
                <Avatar person={person} size={28} />
                <span className="min-w-0">
                  <span dir="auto" className="block truncate text-sm font-medium">
                    {person.name}
                  </span>
                  <span className="block truncate text-xs text-subtle-foreground">{note}</span>
                </span>
              </label>
            </li>
          ))}
          {shown.length === 0 ? (
            <li className="px-3 py-6 text-center text-sm text-muted-foreground">
              {people.length === 0
                ? "Everybody in Seerr is attached already."
                : "Nobody has that name."}
            </li>
          ) : null}
        </ul>
        <div className="border-t border-border">
          <label className="flex items-center gap-3 px-5 pt-4 text-sm">
            <input
              type="checkbox"
              checked={existing}
              onChange={(event) => setExisting(event.currentTarget.checked)}
              className="size-4 accent-(--primary)"
            />
            Also tell them about what is already there
          </label>
          <DialogActions>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <ServerButton variant="primary" busy={busy} blocked={chosen.size === 0} onClick={save}>
              {chosen.size === 0
                ? "Choose somebody"
                : `Attach ${plural(chosen.size, "person", "people")}`}
            </ServerButton>
          </DialogActions>
        </div>
      </DialogContent>
    </Dialog>
  );
}
