"use client";

import { Upload } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { toast } from "sonner";
import { below } from "@/lib/base-path";
import { ServerButton } from "../server-button";

/** Takes a backup from this computer to the server, with how far it is. */
export function BackupUpload({
  variant = "secondary",
}: {
  /** The one thing to do where no backup is known yet. */
  variant?: "primary" | "secondary";
}) {
  const router = useRouter();
  const picker = useRef<HTMLInputElement>(null);
  const [percent, setPercent] = useState<number | null>(null);

  const send = (file: File) => {
    const request = new XMLHttpRequest();
    request.open("POST", below("/api/v1/backups/upload"));
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = ({ loaded, total }) =>
      setPercent(Math.floor((loaded / Math.max(1, total)) * 100));
    request.onloadend = () => {
      setPercent(null);
      if (request.status === 201) toast("Uploaded; it is being read whole");
      else toast.error("Not taken", { description: refusalOf(request) });
      router.refresh();
    };
    setPercent(0);
    request.send(file);
  };
  const busy = percent !== null;
  return (
    <>
      <input
        ref={picker}
        type="file"
        accept=".backup"
        className="sr-only"
        tabIndex={-1}
        aria-label="Backup to upload"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = "";
          if (file) send(file);
        }}
      />
      <ServerButton
        variant={variant}
        busy={busy}
        icon={<Upload aria-hidden />}
        onClick={() => picker.current?.click()}
      >
        <span className="num">{busy ? `Uploading ${percent} %` : "Upload"}</span>
      </ServerButton>
    </>
  );
}

function refusalOf(request: XMLHttpRequest): string {
  try {
    return JSON.parse(request.responseText).error.message;
  } catch {
    return "Nothing answers at BingeAlert. Nothing was changed; try again.";
  }
}
