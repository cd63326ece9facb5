import { createInterface } from "node:readline";

/**
 * A password from the terminal, unseen and twice, or the first line of standard input. Never from the command line,
 * which every user of the machine can read. Null when none came or the two differ.
 */
export async function askPassword(): Promise<string | null> {
  if (!process.stdin.isTTY) return firstLine();
  const first = await typeUnseen("New password: ");
  const second = await typeUnseen("The same again: ");
  return first !== "" && first === second ? first : null;
}

async function firstLine(): Promise<string | null> {
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) {
    lines.close();
    return line === "" ? null : line;
  }
  return null;
}

function typeUnseen(question: string): Promise<string> {
  const { stdin } = process;
  process.stderr.write(question);
  stdin.setRawMode(true);
  stdin.setEncoding("utf8");
  stdin.resume();
  return new Promise((resolve) => {
    let typed = "";
    const end = () => {
      stdin.off("data", onData);
      stdin.setRawMode(false);
      stdin.pause();
      process.stderr.write("\n");
    };
    const onData = (text: string) => {
      for (const sign of text) {
        if (sign === "\u0003") {
          end();
          process.exit(130);
        } else if (sign === "\r" || sign === "\n") {
          end();
          resolve(typed);
          return;
        } else if (sign === "\u007f" || sign === "\b") typed = [...typed].slice(0, -1).join("");
        else typed += sign;
      }
    };
    stdin.on("data", onData);
  });
}
