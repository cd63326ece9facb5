import { senderHelp } from "@/lib/domain/views/security";
import { CopyButton } from "../copy-button";

/** How each sender of webhooks is set up, with values to copy. */
export function SenderHelp({ base, hasSecret }: { base: string; hasSecret: boolean }) {
  return (
    <ul>
      {senderHelp.map((sender) => (
        <li key={sender.name} className="border-t border-border px-4 py-3.5">
          <div className="text-base font-medium">{sender.name}</div>
          <dl className="mt-1.5 grid grid-cols-[110px_1fr] gap-x-4 gap-y-1.5 text-sm max-md:grid-cols-1">
            <dt className="text-muted-foreground">Where</dt>
            <dd>{sender.where}</dd>
            <dt className="self-center text-muted-foreground">Address</dt>
            <dd className="-my-1 flex flex-wrap items-center gap-x-2">
              <code className="font-mono break-all">
                {base}
                {sender.path}
              </code>
              <CopyButton text={`${base}${sender.path}`} />
            </dd>
            <dt className="text-muted-foreground">Secret</dt>
            <dd>{hasSecret ? sender.secret : "None is set"}</dd>
            <dt className="text-muted-foreground">Switch on</dt>
            <dd>{sender.switchOn}</dd>
          </dl>
        </li>
      ))}
    </ul>
  );
}
