/** The figures of a chart for those who do not see it, and for copying. */
export function ChartTable({
  heads,
  rows,
}: {
  /** The first names the rows. */
  heads: string[];
  rows: { key: string; head: string; cells: string[] }[];
}) {
  const [first, ...rest] = heads;
  return (
    <details className="border-t border-border px-4 py-2 text-xs text-muted-foreground">
      <summary className="w-fit list-none rounded-sm font-medium hover:text-foreground max-md:-my-2 max-md:py-3.5">
        Show as table
      </summary>
      <table className="num mt-2 mb-1 w-full max-w-md">
        <thead>
          <tr className="text-left text-subtle-foreground">
            <th scope="col" className="py-1 font-medium">
              {first}
            </th>
            {rest.map((head) => (
              <th key={head} scope="col" className="py-1 text-right font-medium">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row" className="py-0.5 text-left font-normal">
                {row.head}
              </th>
              {row.cells.map((cell, index) => (
                <td key={heads[index + 1]} className="py-0.5 text-right">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
