/** What a page of the settings is about. */
export function SectionHead({ title, lead }: { title: string; lead: string }) {
  return (
    <header>
      <h1 className="page-title">{title}</h1>
      <p className="text-sm text-muted-foreground">{lead}</p>
    </header>
  );
}
