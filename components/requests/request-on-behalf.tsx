"use client";

import { ChevronLeft, Plus, Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState, useTransition } from "react";
import { toast } from "sonner";
import {
  type AskedTitle,
  canBeAsked,
  type FoundTitle,
  type TitleStanding,
} from "@/lib/domain/asking";
import type { ActionResult } from "@/lib/domain/views/action-result";
import { plural } from "@/lib/domain/views/count-words";
import { Poster } from "../poster";
import { ServerButton } from "../server-button";
import { Button } from "../ui/button";
import { Dialog, DialogActions, DialogClose, DialogContent, DialogTrigger } from "../ui/dialog";

type Person = { id: number; name: string };
type TitleToAsk = AskedTitle & { offersFourK: boolean; people: Person[] };
export type AskActions = {
  search: (text: string) => Promise<ActionResult & { titles?: FoundTitle[] }>;
  read: (input: {
    mediaType: "movie" | "tv";
    tmdbId: number;
  }) => Promise<ActionResult & { title?: TitleToAsk }>;
  ask: (input: {
    mediaType: "movie" | "tv";
    tmdbId: number;
    seasons: number[];
    isFourK: boolean;
    userId: number;
    watcherIds: number[];
  }) => Promise<ActionResult & { requestId?: number }>;
};

const unanswered = (): ActionResult => ({
  kind: "refused",
  words: "Nothing answers at BingeAlert",
});

const fieldClass =
  "h-9 w-full min-w-0 rounded-sm border border-input bg-card px-[11px] text-base outline-none focus-visible:outline-2 focus-visible:outline-offset-2 focus-visible:outline-ring max-md:h-11 max-md:text-md";

const standingWords: Record<TitleStanding, string> = {
  none: "",
  asked: "asked for already",
  partly: "partly there",
  there: "there already",
  blocked: "on Seerr's blocklist",
};

/** Asks for a title in somebody's name: search, pick seasons and quality, pick the person. */
export function RequestOnBehalf(actions: AskActions) {
  const [open, setOpen] = useState(false);
  const [title, setTitle] = useState<TitleToAsk | null>(null);
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        if (!next) setTitle(null);
      }}
    >
      <DialogTrigger asChild>
        <Button variant="primary">
          <Plus aria-hidden />
          Request for somebody
        </Button>
      </DialogTrigger>
      {title ? (
        <DialogContent
          title={`Ask for “${title.title}”?`}
          description="The request is made in Seerr. Mails follow as for any other."
        >
          <Choose
            title={title}
            ask={actions.ask}
            back={() => setTitle(null)}
            done={() => setOpen(false)}
          />
        </DialogContent>
      ) : (
        <DialogContent title="Which title?" description="Searched in Seerr.">
          <Find search={actions.search} read={actions.read} choose={setTitle} />
        </DialogContent>
      )}
    </Dialog>
  );
}

function Find({
  search,
  read,
  choose,
}: Pick<AskActions, "search" | "read"> & { choose: (title: TitleToAsk) => void }) {
  const [text, setText] = useState("");
  const [titles, setTitles] = useState<FoundTitle[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, startTransition] = useTransition();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy || text.trim().length < 2) return;
    startTransition(async () => {
      const result: Awaited<ReturnType<typeof search>> = await search(text).catch(unanswered);
      setTitles(result.titles ?? null);
      setProblem(result.titles ? null : result.words);
    });
  };
  const open = ({ mediaType, tmdbId }: FoundTitle) =>
    startTransition(async () => {
      const result: Awaited<ReturnType<typeof read>> = await read({ mediaType, tmdbId }).catch(
        unanswered,
      );
      if (result.title) choose(result.title);
      else setProblem(result.words);
    });
  return (
    <>
      <form onSubmit={submit} className="flex gap-2 px-5 pt-4">
        <input
          type="search"
          aria-label="Title"
          placeholder="Movie or show"
          value={text}
          onChange={(event) => setText(event.target.value)}
          className={fieldClass}
        />
        <ServerButton
          type="submit"
          className="h-9 max-md:h-11"
          busy={busy}
          icon={<Search aria-hidden />}
        >
          Search
        </ServerButton>
      </form>
      <ul aria-live="polite" className="mx-2 mt-3 mb-4 min-h-40 flex-1 overflow-y-auto px-1">
        {problem ? <li className="px-2 py-6 text-sm text-danger-text">{problem}</li> : null}
        {titles?.length === 0 ? (
          <li className="px-2 py-6 text-sm text-muted-foreground">Seerr finds no such title.</li>
        ) : null}
        {titles?.map((title) => (
          <li key={`${title.mediaType}${title.tmdbId}`}>
            <button
              type="button"
              onClick={() => (busy ? undefined : open(title))}
              className="flex min-h-[60px] w-full items-center gap-3 rounded-sm px-2 py-1.5 text-left hover:bg-hover"
            >
              <Poster path={title.posterPath} title={title.title} size="table" />
              <span className="min-w-0">
                <span className="block truncate text-base font-medium" title={title.title}>
                  {title.title}
                </span>
                <span className="block text-xs/[18px] text-muted-foreground">
                  {[
                    title.mediaType === "movie" ? "Movie" : "Show",
                    title.year,
                    standingWords[title.hd],
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Choose({
  title,
  ask,
  back,
  done,
}: Pick<AskActions, "ask"> & {
  title: TitleToAsk;
  back: () => void;
  done: () => void;
}) {
  const router = useRouter();
  const { people } = title;
  const [isFourK, setFourK] = useState(false);
  const [userId, setUserId] = useState<number | null>(null);
  const [watcherIds, setWatcherIds] = useState<number[]>([]);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(
    () =>
      new Set(title.seasons.filter((s) => s.season > 0 && canBeAsked(s.hd)).map((s) => s.season)),
  );
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, startTransition] = useTransition();
  const standing = isFourK ? title.fourK : title.hd;
  const seasons = title.seasons
    .filter((s) => chosen.has(s.season) && canBeAsked(isFourK ? s.fourK : s.hd))
    .map((s) => s.season);
  const isTv = title.mediaType === "tv";
  const because =
    !isTv && !canBeAsked(standing)
      ? `${title.title} is ${standingWords[standing]}`
      : isTv && seasons.length === 0
        ? "Choose a season"
        : userId === null
          ? "Choose a person"
          : null;
  const send = () =>
    startTransition(async () => {
      if (because || userId === null) return;
      const { mediaType, tmdbId } = title;
      const input = { mediaType, tmdbId, seasons, isFourK, userId, watcherIds };
      const result: Awaited<ReturnType<typeof ask>> = await ask(input).catch(unanswered);
      if (result.requestId === undefined) {
        setProblem(result.words);
        return;
      }
      toast(result.words, result.detail ? { description: result.detail } : {});
      done();
      router.push(`/requests/${result.requestId}`);
    });
  return (
    <>
      <div className="grid min-h-0 flex-1 gap-4 overflow-y-auto px-5 pt-4">
        <div className="flex items-center gap-3">
          <Poster path={title.posterPath} title={title.title} size="list" />
          <p className="min-w-0 text-sm text-muted-foreground">
            {[isTv ? "Show" : "Movie", title.year, standingWords[standing]]
              .filter(Boolean)
              .join(" · ")}
          </p>
        </div>
        {title.offersFourK ? (
          <Labelled label="Quality">
            {(id) => (
              <select
                id={id}
                value={isFourK ? "4k" : "hd"}
                onChange={(event) => setFourK(event.target.value === "4k")}
                className={fieldClass}
              >
                <option value="hd">HD</option>
                <option value="4k">4K</option>
              </select>
            )}
          </Labelled>
        ) : null}
        {isTv ? (
          <Seasons title={title} isFourK={isFourK} chosen={chosen} setChosen={setChosen} />
        ) : null}
        <Labelled label="For">
          {(id) => (
            <select
              id={id}
              value={userId ?? ""}
              onChange={(event) => setUserId(Number(event.target.value) || null)}
              className={fieldClass}
            >
              <option value="">Choose a person</option>
              {people.map((person) => (
                <option key={person.id} value={person.id}>
                  {person.name}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        <Others
          people={people.filter((person) => person.id !== userId)}
          chosen={watcherIds}
          choose={setWatcherIds}
        />
        {problem ? (
          <p role="alert" className="text-sm text-danger-text">
            {problem}.
          </p>
        ) : null}
      </div>
      <DialogActions>
        <Button variant="ghost" onClick={back}>
          <ChevronLeft aria-hidden />
          Another title
        </Button>
        <span className="flex-1" />
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <ServerButton variant="primary" busy={busy} blocked={because !== null} onClick={send}>
          {because ?? (isTv ? `Ask for ${plural(seasons.length, "season")}` : "Ask for the movie")}
        </ServerButton>
      </DialogActions>
    </>
  );
}

function Seasons({
  title,
  isFourK,
  chosen,
  setChosen,
}: {
  title: TitleToAsk;
  isFourK: boolean;
  chosen: ReadonlySet<number>;
  setChosen: (chosen: ReadonlySet<number>) => void;
}) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">Seasons</legend>
      <ul className="max-h-44 overflow-y-auto rounded-sm border border-border">
        {title.seasons.map((one) => {
          const standing = isFourK ? one.fourK : one.hd;
          const isOpen = canBeAsked(standing);
          return (
            <li key={one.season} className="border-b border-border last:border-0">
              <label className="flex min-h-9 items-center gap-2.5 px-3 text-sm max-md:min-h-11">
                <input
                  type="checkbox"
                  disabled={!isOpen}
                  checked={isOpen && chosen.has(one.season)}
                  onChange={(event) => {
                    const next = new Set(chosen);
                    if (event.target.checked) next.add(one.season);
                    else next.delete(one.season);
                    setChosen(next);
                  }}
                  className="size-4 shrink-0 accent-(--primary)"
                />
                <span>{one.season === 0 ? "Specials" : `Season ${one.season}`}</span>
                <span className="num ml-auto text-xs text-muted-foreground">
                  {standingWords[standing] || plural(one.episodeCount, "episode")}
                </span>
              </label>
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}

/** Who else is told, as people to pick one by one. */
function Others({
  people,
  chosen,
  choose,
}: {
  people: Person[];
  chosen: number[];
  choose: (ids: number[]) => void;
}) {
  const named = people.filter((person) => chosen.includes(person.id));
  return (
    <div>
      <Labelled label="Also told">
        {(id) => (
          <select
            id={id}
            value=""
            onChange={(event) => choose([...chosen, Number(event.target.value)])}
            className={fieldClass}
          >
            <option value="">Nobody else</option>
            {people
              .filter((person) => !chosen.includes(person.id))
              .map((person) => (
                <option key={person.id} value={person.id}>
                  {person.name}
                </option>
              ))}
          </select>
        )}
      </Labelled>
      {named.length > 0 ? (
        <p className="mt-2 flex flex-wrap items-center gap-2 text-sm text-muted-foreground">
          {named.map((person) => person.name).join(", ")}
          <Button variant="ghost" size="row" onClick={() => choose([])}>
            Nobody
          </Button>
        </p>
      ) : null}
    </div>
  );
}

/** A field with its label above it; beside each other, so that what can be chosen is no part of the name. */
function Labelled({
  label,
  children,
}: {
  label: string;
  children: (id: string) => React.ReactNode;
}) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      {children(id)}
    </div>
  );
}
