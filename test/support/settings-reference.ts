import { type SettingDefinition, settingDefinitions, settingSections } from "@/lib/domain/settings";

const intro = `# Configuration

Every setting, by the name it has in the environment. All of them can be changed in the dashboard under Settings; what
the environment gives is shown locked there. Otherwise connections and secrets are kept in the file \`.env\` of the config
folder (only its owner can read it), everything else in the database. Changes apply at once, nothing restarts. Each
secret can also be given as \`NAME_FILE\`, the path of a file that holds it.

Sonarr and Radarr are named \`SONARR_URL\` and \`SONARR_API_KEY\`, \`RADARR_URL\` and \`RADARR_API_KEY\`; further ones get a
word of yours in the middle, such as \`SONARR_ANIME_URL\` or \`RADARR_4K_URL\`, each with \`…_API_KEY\` and optionally
\`…_NAME\` and \`…_IS_4K\`. How the process itself is started (ports, folders, database, logs) is in
[.env.example](../.env.example).

This page is made from the schema in lib/domain/settings.ts by \`npx vitest run --project unit test/unit/docs -u\`.
`;

/** The reference of all settings as Markdown. */
export function settingsReference(): string {
  const sections = Object.entries(settingSections).map(([section, title]) => {
    const rows = (Object.entries(settingDefinitions) as [string, SettingDefinition][])
      .filter(([, definition]) => definition.section === section)
      .map(([name, definition]) => row(name, definition));
    return [
      `## ${title}`,
      "",
      "| name | what it is | default | values |",
      "| --- | --- | --- | --- |",
      ...rows,
      "",
    ].join("\n");
  });
  return [intro, ...sections].join("\n");
}

function row(name: string, definition: SettingDefinition): string {
  const usual = String(definition.default);
  const cells = [
    `\`${name}\``,
    `**${definition.label}.** ${definition.help}`,
    usual === "" ? "" : `\`${usual}\``,
    valuesOf(definition),
  ];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function valuesOf(definition: SettingDefinition): string {
  switch (definition.type) {
    case "integer":
      return `${definition.min} to ${definition.max} ${definition.unit}`.trim();
    case "boolean":
      return "`true` or `false`";
    case "choice":
      return choiceList(definition, (choice) => `\`${choice}\``);
    case "list":
      return definition.options
        ? `empty: all; \`none\`: nothing; or several, with commas, of ${definition.options
            .filter((option) => option !== "none")
            .map((option) => `\`${option}\``)
            .join(", ")}`
        : "several, with commas";
    case "secret":
      return "secret";
    case "url":
      return "http or https address";
    case "color":
      return "`#rrggbb`";
    case "text":
      return "text";
  }
}

/** The choices, each with the words of the dashboard where it has some. */
function choiceList(
  { choices, choiceWords = {} }: Extract<SettingDefinition, { type: "choice" }>,
  write: (choice: string) => string,
): string {
  const words: Partial<Record<string, string>> = choiceWords;
  return choices
    .map((choice) => [write(choice), words[choice]].filter(Boolean).join(": "))
    .join(Object.keys(words).length > 0 ? "; " : ", ");
}

const exampleHead = `# BingeAlert reads these names from the environment, and from the file \`.env\` in its config folder.
# Nothing is needed to start: every line here is optional, and everything from "Smart batching" on can
# be changed in the dashboard as well. Each secret can also be given as NAME_FILE, the path of a file
# that holds it. The settings are explained with their ranges in docs/configuration.md.

# --- Where it runs (environment only) ------------------------------------------------------------
# Folder for the settings, the secrets and the built-in database.
#CONFIG_DIR=./config
#PORT=8000
#HOSTNAME=0.0.0.0
# The path below which everything is served, for a name shared with others: https://example.net/binge
#BASE_PATH=/binge
# Time zone for dates in mails and pages.
#TZ=Europe/Berlin
# json or pretty.
#LOG_FORMAT=json
# all, or web and worker as processes of their own on one shared DATABASE_URL.
#ROLE=all
# In a container: the user and group everything runs as, and what others may not do with new files.
#PUID=1000
#PGID=1000
#UMASK=022
# Where TMDB serves its pictures, if not at TMDB itself.
#TMDB_IMAGE_URL=https://image.tmdb.org

# --- Database (environment only) -----------------------------------------------------------------
# Without one of these, BingeAlert runs its own PostgreSQL in the config folder.
#DATABASE_URL=postgres://bingealert:password@localhost:5432/bingealert
#DB_PASSWORD=
#DB_HOST=postgres
#DB_PORT=5432
#DB_USER=bingealert
#DB_NAME=bingealert

# --- First start ---------------------------------------------------------------------------------
# Signs links and sessions; made at the first start and kept in the config folder.
#APP_SECRET_KEY=
# The first admin account, made at the first start and ignored afterwards.
#ADMIN_USERNAME=
#ADMIN_PASSWORD=

# --- Sonarr and Radarr ---------------------------------------------------------------------------
# As many as you like: a word of yours in the middle of the name adds one more.
#SONARR_URL=http://sonarr:8989
#SONARR_API_KEY=
#SONARR_ANIME_URL=http://sonarr-anime:8989
#SONARR_ANIME_API_KEY=
#RADARR_URL=http://radarr:7878
#RADARR_API_KEY=
#RADARR_4K_URL=http://radarr-4k:7878
#RADARR_4K_API_KEY=
# An instance with 4K in its name serves the 4K requests; for others this says so.
#RADARR_4K_IS_4K=true
`;

const exampleWords = (definition: SettingDefinition): string =>
  definition.type === "choice" && definition.choiceWords
    ? `${definition.help} ${choiceList(definition, (choice) => choice)}.`
    : definition.help;

/** The example of a \`.env\`: what starts the process by hand, the settings from their schema. */
export function envExample(): string {
  const sections = Object.entries(settingSections).map(([section, title]) => {
    const head = `# --- ${title} `;
    const lines = (Object.entries(settingDefinitions) as [string, SettingDefinition][])
      .filter(([, definition]) => definition.section === section)
      .flatMap(([name, definition]) => [
        ...wrapped(exampleWords(definition)).map((line) => `# ${line}`),
        `#${name}=${definition.default}`,
      ]);
    return [`${head}${"-".repeat(Math.max(3, 99 - head.length))}`, ...lines, ""].join("\n");
  });
  return [exampleHead, ...sections].join("\n");
}

/** A text in lines of at most 97 characters. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= 97)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
