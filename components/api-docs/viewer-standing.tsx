/** What stands in the place of a viewer until it is drawn. */
export function ViewerStanding({ standing }: { standing: "loading" | "shown" | "failed" }) {
  if (standing === "shown") return null;
  return (
    <p className="py-10 text-center text-muted-foreground" role="status">
      {standing === "loading"
        ? "Reading the description of the API"
        : "The viewer could not be loaded. Nothing is lost; load the page again."}
    </p>
  );
}
