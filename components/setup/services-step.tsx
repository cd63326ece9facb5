"use client";

import { CircleCheck, CircleX, LoaderCircle, LogIn, Plus } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { ActionResult } from "@/lib/domain/views/action-result";
import type {
  ConnectionTestView,
  ServiceFieldsView,
  ServicesView,
} from "@/lib/domain/views/settings";
import { TestResult, tried } from "../settings/connection-test";
import { InstanceForm, type SaveInstance } from "../settings/instance-form";
import { PlexForm } from "../settings/plex-form";
import { plexLock } from "../settings/plex-sign-in-panel";
import { ServiceForm, type TestConnection } from "../settings/service-form";
import type { SaveSettings } from "../settings/settings-form";
import { type PlexSignInActions, usePlexSignIn } from "../settings/use-plex-sign-in";
import { takeFocus } from "../take-focus";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { Tag } from "../ui/tag";
import { StepButton } from "./step-button";
import { WizardFoot } from "./wizard-page";

type Kind = "sonarr" | "radarr";
type Service = Kind | "seerr" | "plex";

const products = {
  seerr: { name: "Seerr", sign: "SE", purpose: "Who asked for what" },
  plex: {
    name: "Plex",
    sign: "PL",
    purpose: "So that a mail leaves only when it really plays",
  },
  sonarr: { name: "Sonarr", sign: "SO", purpose: "For shows" },
  radarr: { name: "Radarr", sign: "RA", purpose: "For movies" },
} as const;

/** Seerr, every Sonarr and Radarr, and Plex: one card each, opened one at a time. */
export function ServicesStep({
  services,
  saveSettings,
  saveInstance,
  removeInstance,
  test,
  plexSignIn,
  startSync,
}: {
  services: ServicesView;
  saveSettings: SaveSettings;
  saveInstance: SaveInstance;
  removeInstance: (input: { key: string }) => Promise<ActionResult>;
  test: TestConnection;
  plexSignIn: PlexSignInActions;
  startSync: () => Promise<ActionResult>;
}) {
  const { seerr, plex, instances } = services;
  const hasSeerr = seerr.url.value !== "" && seerr.secret.secretHint !== null;
  const hasPlex = plex.url.value !== "" && plex.secret.secretHint !== null;
  const signIn = usePlexSignIn(plexSignIn);
  const [open, setOpen] = useState<string | null>(hasSeerr ? null : "seerr");
  const [results, setResults] = useState<Record<string, ConnectionTestView>>({});
  const sections = useRef<Record<string, HTMLElement | null>>({});
  /** What was saved is closed: one goes on at its service, as the form with the focus is gone. */
  const closeAt = (kind: Service) => () => {
    setOpen(null);
    sections.current[kind]?.focus();
  };
  const note = (key: string) => (result: ConnectionTestView) =>
    setResults((before) => ({ ...before, [key]: result }));
  const toggle = (key: string) => () => setOpen(open === key ? null : key);

  const connected = [
    ...(hasSeerr ? ["seerr"] : []),
    ...instances.map(({ key }) => key),
    ...(hasPlex ? ["plex"] : []),
  ];
  const failing = connected.filter((key) => results[key]?.kind === "failed");
  const works = (key: string) => results[key]?.kind === "works";
  const nameOf = (key: string) =>
    key === "seerr"
      ? "Seerr"
      : key === "plex"
        ? "Plex"
        : (instances.find((one) => one.key === key)?.name ?? key);
  const reason = !hasSeerr
    ? "Seerr is needed"
    : instances.length === 0
      ? "A Sonarr or Radarr is needed"
      : failing.length > 0
        ? `${nameOf(failing[0] ?? "")} does not work yet`
        : connected.every(works)
          ? null
          : "Each is being tested";

  const section = (kind: Service, count: number, content: ReactNode) => (
    <section
      key={kind}
      ref={(element) => {
        sections.current[kind] = element;
      }}
      tabIndex={-1}
      aria-label={`${products[kind].name}, ${count} connected`}
      className="grid grid-cols-1 gap-3 rounded-lg"
    >
      {content}
    </section>
  );
  const single = (
    kind: "seerr" | "plex",
    fields: ServiceFieldsView,
    isConnected: boolean,
    form: ReactNode,
    offer?: Offer,
  ) => {
    const { name, sign, purpose } = products[kind];
    const address = fields.url.value;
    return section(
      kind,
      isConnected ? 1 : 0,
      <Connection
        sign={sign}
        name={name}
        purpose={purpose}
        offer={offer}
        isOpen={open === kind}
        toggle={toggle(kind)}
        state={results[kind] ?? null}
        watch={
          isConnected
            ? {
                key: `${address} ${fields.secret.secretHint}`,
                run: () => test(saved(kind, name, address, null)),
                note: note(kind),
              }
            : null
        }
      >
        {form}
      </Connection>,
    );
  };

  const shared = { save: saveSettings, test, testsFirst: true };
  const beginSignIn = () => {
    signIn.start();
    setOpen("plex");
  };

  return (
    <>
      <div className="grid grid-cols-1 gap-3">
        {single(
          "seerr",
          seerr,
          hasSeerr,
          <ServiceForm {...shared} service={seerr} name="Seerr" onSaved={closeAt("seerr")} />,
        )}
        {(["sonarr", "radarr"] as const).map((kind) =>
          section(
            kind,
            instances.filter((i) => i.kind === kind).length,
            <>
              {instances
                .filter((instance) => instance.kind === kind)
                .map((instance) => (
                  <Connection
                    key={instance.key}
                    sign={products[kind].sign}
                    name={instance.name}
                    tag={instance.isFourK ? "4K" : undefined}
                    purpose={products[kind].purpose}
                    isOpen={open === instance.key}
                    toggle={toggle(instance.key)}
                    state={results[instance.key] ?? null}
                    watch={{
                      key: `${instance.url} ${instance.secretHint}`,
                      run: () => test(saved(kind, instance.name, instance.url, instance.key)),
                      note: note(instance.key),
                    }}
                  >
                    <InstanceForm
                      kind={kind}
                      instance={instance}
                      save={saveInstance}
                      remove={() => removeInstance({ key: instance.key })}
                      test={test}
                      testsFirst
                      onSaved={closeAt(kind)}
                    />
                  </Connection>
                ))}
              <NewInstance
                kind={kind}
                isFirst={!instances.some((instance) => instance.kind === kind)}
                isOpen={open === `new-${kind}`}
                toggle={open === `new-${kind}` ? closeAt(kind) : toggle(`new-${kind}`)}
              >
                <InstanceForm
                  kind={kind}
                  instance={null}
                  isFurther={instances.some((instance) => instance.kind === kind)}
                  save={saveInstance}
                  test={test}
                  testsFirst
                  onSaved={closeAt(kind)}
                />
              </NewInstance>
            </>,
          ),
        )}
        {single(
          "plex",
          plex,
          hasPlex,
          <PlexForm {...shared} plex={plex} signIn={signIn} onSaved={closeAt("plex")} />,
          plexLock(plex) ? undefined : { label: "Sign in with Plex", begin: beginSignIn },
        )}
      </div>
      <WizardFoot back={{ href: "/setup/mail", name: "E-mail" }} reason={reason}>
        <StepButton actions={[startSync]} href="/setup/sync" isReady={reason === null} />
      </WizardFoot>
    </>
  );
}

const saved = (service: Service, name: string, url: string, instanceKey: string | null) => ({
  service,
  name,
  url,
  secret: null,
  instanceKey,
});

/** A shorter way to connect a service than by hand. */
type Offer = { label: string; begin: () => void };

/** One service. What is saved is tried as soon as it is there, and again when it changed. */
function Connection({
  sign,
  name,
  tag,
  purpose,
  offer,
  isOpen,
  toggle,
  state,
  watch,
  children,
}: {
  sign: string;
  name: string;
  tag?: string | undefined;
  purpose: string;
  offer?: Offer | undefined;
  isOpen: boolean;
  toggle: () => void;
  state: ConnectionTestView | null;
  watch: {
    key: string;
    run: () => ReturnType<TestConnection>;
    note: (result: ConnectionTestView) => void;
  } | null;
  children: ReactNode;
}) {
  const watchKey = watch?.key;
  // biome-ignore lint/correctness/useExhaustiveDependencies: tried once for each thing that was saved
  useEffect(() => {
    if (!watch) return;
    let isOver = false;
    void tried(watch.run).then((result) => {
      if (!isOver) watch.note(result);
    });
    return () => {
      isOver = true;
    };
  }, [watchKey]);
  const failed = watch !== null && state?.kind === "failed";
  const words = watch === null ? purpose : state?.kind === "works" ? state.detail : purpose;
  return (
    <Card className={cn(failed && "border-danger-text/50")}>
      <div
        className={cn(
          "flex items-center gap-3 px-4 py-3.5",
          (offer || watch) && "max-sm:flex-wrap",
        )}
      >
        <Sign text={sign} />
        <div className="min-w-0 flex-1">
          <h2 className="flex items-center gap-2 text-base font-medium">
            {name}
            {tag ? <Tag>{tag}</Tag> : null}
          </h2>
          <p className="num truncate text-sm text-muted-foreground max-sm:whitespace-normal">
            {words}
          </p>
        </div>
        {watch ? (
          <div className="max-sm:order-last max-sm:w-full max-sm:pl-12">
            <State state={state} />
          </div>
        ) : null}
        {offer && !watch && !isOpen ? (
          <div className="flex gap-2 max-sm:w-full max-sm:justify-end">
            <Button variant="ghost" aria-label={`Connect ${name} by hand`} onClick={toggle}>
              By hand
            </Button>
            <Button onClick={offer.begin}>
              <LogIn aria-hidden />
              {offer.label}
            </Button>
          </div>
        ) : (
          <Button
            variant={watch || isOpen ? "ghost" : "secondary"}
            aria-expanded={isOpen}
            aria-label={`${isOpen ? "Close" : watch ? "Edit" : "Connect"} ${name}`}
            onClick={toggle}
          >
            {isOpen ? "Close" : watch ? "Edit" : "Connect"}
          </Button>
        )}
      </div>
      {failed && !isOpen ? (
        <div className="px-4 pb-4">
          <TestResult result={state} />
        </div>
      ) : null}
      {isOpen ? <div className="px-4 pt-1 pb-4">{children}</div> : null}
    </Card>
  );
}

function State({ state }: { state: ConnectionTestView | null }) {
  if (state === null) {
    return (
      <span className="inline-flex items-center gap-1.5 text-sm text-muted-foreground">
        <LoaderCircle aria-hidden className="size-4 animate-spin" />
        Testing
      </span>
    );
  }
  const works = state.kind === "works";
  const Icon = works ? CircleCheck : CircleX;
  return (
    <span
      className={`${works ? "tone-sent" : "tone-failed"} inline-flex items-center gap-1.5 text-sm font-medium`}
    >
      <Icon aria-hidden className="size-4 text-tone !stroke-2" />
      {works ? "Connected" : "Not working"}
    </span>
  );
}

function NewInstance({
  kind,
  isFirst,
  isOpen,
  toggle,
  children,
}: {
  kind: Kind;
  isFirst: boolean;
  isOpen: boolean;
  toggle: () => void;
  children: ReactNode;
}) {
  const { name, sign, purpose } = products[kind];
  if (!isFirst && !isOpen) {
    return (
      <div>
        <Button variant="ghost" onClick={toggle}>
          <Plus aria-hidden />
          Add another {name}
        </Button>
      </div>
    );
  }
  return (
    <Card>
      <div className="flex items-center gap-3 px-4 py-3.5">
        <Sign text={sign} />
        <div className="min-w-0 flex-1">
          <h2 className="text-base font-medium">{isFirst ? name : `Another ${name}`}</h2>
          <p className="text-sm text-muted-foreground">{purpose}</p>
        </div>
        <Button
          ref={isFirst ? undefined : takeFocus}
          variant={isOpen ? "ghost" : "secondary"}
          aria-expanded={isOpen}
          aria-label={`${isOpen ? "Close" : "Connect"} ${isFirst ? name : `another ${name}`}`}
          onClick={toggle}
        >
          {isOpen ? "Close" : "Connect"}
        </Button>
      </div>
      {isOpen ? <div className="px-4 pt-1 pb-4">{children}</div> : null}
    </Card>
  );
}

function Sign({ text }: { text: string }) {
  return (
    <span
      aria-hidden
      className="grid size-9 shrink-0 place-items-center rounded-md bg-muted text-xs font-semibold text-muted-foreground"
    >
      {text}
    </span>
  );
}
