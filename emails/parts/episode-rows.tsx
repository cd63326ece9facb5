import type { MailEpisode } from "@/lib/domain/mail";
import { clampLine, isolate } from "@/lib/domain/mail-characters";
import { type EpisodeLine, listEpisodes } from "@/lib/domain/mail-episodes";
import type { MailWords } from "@/lib/domain/mail-words";
import type { Palette } from "../palette";
import { Table } from "./table";
import { type, wrapping } from "./type";

const shownNameLength = 90;

type Row =
  | { kind: "season"; name: string }
  | { kind: "numbered"; number: string; name: string; isNamed: boolean; length: string }
  | { kind: "line"; label: string; length: string }
  | { kind: "more"; label: string };

/** The list of episodes as rows of words, seasons named when there are several. */
export function episodeRows(episodes: readonly MailEpisode[], words: MailWords): Row[] {
  const { seasons, more } = listEpisodes(episodes);
  const hasNames = seasons.some(({ lines }) =>
    lines.some((line) => line.kind === "episode" && line.title !== null),
  );
  const lineRow = (season: number, line: EpisodeLine): Row => {
    const length = words.length(line.minutes);
    if (line.kind === "run") {
      const count = line.run.last - line.run.first + 1;
      const label = words.episodeLine(season, words.episodeRun(line.run), count);
      return { kind: "line", label, length };
    }
    if (!hasNames)
      return { kind: "line", label: words.episodeLine(season, `${line.episode}`, 1), length };
    const isNamed = line.title !== null;
    const name = line.title === null ? words.noNameYet : clampLine(line.title, shownNameLength);
    return { kind: "numbered", number: `${line.episode}`, name, isNamed, length };
  };
  const rows = seasons.flatMap(({ season, lines }): Row[] => {
    const heading: Row = { kind: "season", name: words.seasonName(season) };
    const rowsOfSeason = lines.map((line) => lineRow(season, line));
    return seasons.length > 1 ? [heading, ...rowsOfSeason] : rowsOfSeason;
  });
  return more > 0 ? [...rows, { kind: "more", label: words.andMore(more) }] : rows;
}

/** The same rows for the plain-text part. */
export function episodeText(rows: readonly Row[]): string {
  const inBrackets = (length: string) => (length ? ` (${length})` : "");
  const numbers = rows.map((row) => (row.kind === "numbered" ? row.number.length : 0));
  const width = Math.max(...numbers);
  const lines = rows.map((row, index) => {
    if (row.kind === "season") return `${index > 0 ? "\n" : ""}${row.name}`;
    if (row.kind === "more") return `  ${row.label}`;
    if (row.kind === "line") return `  ${row.label}${inBrackets(row.length)}`;
    return `  ${row.number.padStart(width)}  ${isolate(row.name)}${inBrackets(row.length)}`;
  });
  return lines.join("\n");
}

/** The list as a row of the card: number, name, length. */
export function EpisodeRows({
  rows,
  palette: { light },
}: {
  rows: readonly Row[];
  palette: Palette;
}) {
  const edge = { borderTop: `1px solid ${light.line}`, padding: "11px 0" };
  return (
    <tr>
      <td className="pad" style={{ padding: "0 28px 12px" }}>
        <Table width="100%">
          {rows.map((row, index) => {
            const key = `${index}`;
            if (row.kind === "season") {
              return (
                <tr key={key}>
                  <td
                    className="mut"
                    colSpan={3}
                    style={{
                      ...type(14, 20, light.muted, 600),
                      padding: index === 0 ? "0 0 11px" : "22px 0 11px",
                    }}
                  >
                    {row.name}
                  </td>
                </tr>
              );
            }
            if (row.kind === "more") {
              return (
                <tr key={key}>
                  <td
                    className="line mut"
                    colSpan={3}
                    style={{ ...type(15, 22, light.muted), ...edge }}
                  >
                    {row.label}
                  </td>
                </tr>
              );
            }
            return (
              <tr key={key}>
                {row.kind === "numbered" ? (
                  <>
                    <td
                      className="line mut"
                      width={44}
                      valign="top"
                      style={{ ...type(15, 22, light.subtle), ...edge, width: 44 }}
                    >
                      {row.number}
                    </td>
                    <td
                      className={row.isNamed ? "line ink" : "line sub"}
                      dir="auto"
                      align="left"
                      valign="top"
                      style={{
                        ...type(15, 22, row.isNamed ? light.ink : light.subtle),
                        ...wrapping(row.name),
                        ...edge,
                      }}
                    >
                      {row.name}
                    </td>
                  </>
                ) : (
                  <td
                    className="line ink"
                    colSpan={2}
                    valign="top"
                    style={{ ...type(15, 22, light.ink), ...edge }}
                  >
                    {row.label}
                  </td>
                )}
                <td
                  className="line sub"
                  align="right"
                  valign="top"
                  style={{
                    ...type(14, 22, light.subtle),
                    ...edge,
                    paddingLeft: 12,
                    whiteSpace: "nowrap",
                  }}
                >
                  {row.length}
                </td>
              </tr>
            );
          })}
        </Table>
      </td>
    </tr>
  );
}
