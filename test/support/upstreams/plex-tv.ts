import {
  type Answer,
  FakeServer,
  type FakeServerOptions,
  type Incoming,
  json,
} from "./fake-server";

/** A server as an account has it. Connections are written as plex.tv writes them. */
export type AccountServer = {
  name: string;
  machineIdentifier: string;
  /** Null: plex.tv leaves it out. */
  accessToken: string | null;
  owned?: boolean;
  sharedBy?: string;
  online?: boolean;
  httpsRequired?: boolean;
  connections: { uri: string; address: string; port: number; local: boolean; relay?: boolean }[];
};

type Pin = { id: number; code: string; clientId: string; endsAt: number; token: string | null };

const lifetimeSeconds = 1800;

/** plex.tv as it answers those who let people sign in by a PIN: PINs, and what an account has. */
export class FakePlexTv extends FakeServer {
  /** The token of the account that signs in. */
  readonly accountToken = "account-token-of-marta";
  /** What the account has besides its players. */
  servers: AccountServer[] = [];
  readonly pins: Pin[] = [];

  constructor(options: FakeServerOptions = {}) {
    super("plex.tv", options);
    this.route("POST", "/api/v2/pins", (incoming) => this.createPin(incoming));
    this.route("GET", "/api/v2/pins/:id", (incoming) => this.readPin(incoming));
    this.route("GET", "/api/v2/resources", (incoming) => this.listResources(incoming));
  }

  /** Somebody signs in on the page of Plex with this address and lets the product in. */
  grant(signInUrl: string): void {
    const asked = new URLSearchParams(new URL(signInUrl).hash.replace(/^#\?/, ""));
    const pin = this.pins.find(({ code }) => code === asked.get("code"));
    if (!pin || pin.clientId !== asked.get("clientID")) throw new Error("Plex knows no such PIN");
    pin.token = this.accountToken;
  }

  /** Half an hour is over for every PIN. */
  expire(): void {
    for (const pin of this.pins) pin.endsAt = 0;
  }

  protected override guard({ headers }: Incoming): Answer | null {
    const isNamed = headers["x-plex-client-identifier"] && headers["x-plex-product"];
    return isNamed ? null : refused(1000, "X-Plex-Client-Identifier is missing", 400);
  }

  private createPin({ headers, query }: Incoming): Answer {
    if (query.get("strong") !== "true") return refused(1000, "Not a strong PIN", 400);
    const id = 3_000_000_000 + this.pins.length;
    const code = `strongcode${this.pins.length}ofthesimulatedplex`;
    const clientId = String(headers["x-plex-client-identifier"]);
    const endsAt = this.now().getTime() + lifetimeSeconds * 1000;
    const pin = { id, code, clientId, endsAt, token: null };
    this.pins.push(pin);
    return json(this.pinJson(pin), 201);
  }

  private readPin({ headers, params }: Incoming): Answer {
    const pin = this.pins.find(({ id }) => String(id) === params.id);
    const isTheirs = pin?.clientId === headers["x-plex-client-identifier"];
    if (!pin || !isTheirs || pin.endsAt <= this.now().getTime()) {
      return refused(1020, "Code not found or expired", 404);
    }
    return json(this.pinJson(pin));
  }

  private pinJson({ id, code, clientId, endsAt, token }: Pin) {
    return {
      id,
      code,
      product: "BingeAlert",
      trusted: false,
      qr: `https://plex.tv/api/v2/pins/qr/${code}`,
      clientIdentifier: clientId,
      location: { code: "NO", country: "Norway", time_zone: "Europe/Oslo" },
      expiresIn: Math.max(0, Math.round((endsAt - this.now().getTime()) / 1000)),
      createdAt: new Date(endsAt - lifetimeSeconds * 1000).toISOString(),
      expiresAt: new Date(endsAt).toISOString(),
      authToken: token,
      newRegistration: null,
    };
  }

  private listResources({ headers, query }: Incoming): Answer {
    if (headers["x-plex-token"] !== this.accountToken) {
      return refused(1001, "User could not be authenticated", 401);
    }
    const withHttps = query.get("includeHttps") === "1";
    const servers = this.servers.map((server) => ({
      name: server.name,
      product: "Plex Media Server",
      productVersion: "1.41.3.9314-a0bfb8370",
      platform: "Linux",
      clientIdentifier: server.machineIdentifier,
      provides: "server",
      ownerId: server.owned === false ? 4711 : null,
      sourceTitle: server.sharedBy ?? null,
      publicAddress: "203.0.113.5",
      accessToken: server.accessToken ?? undefined,
      owned: server.owned ?? true,
      home: false,
      relay: true,
      presence: server.online ?? true,
      httpsRequired: server.httpsRequired ?? false,
      publicAddressMatches: true,
      connections: server.connections
        .filter(({ relay }) => !relay || query.get("includeRelay") === "1")
        .map(({ uri, address, port, local, relay = false }) => ({
          protocol: uri.split(":")[0],
          address,
          port,
          uri: withHttps ? uri : `http://${address}:${port}`,
          local,
          relay,
          IPv6: address.includes(":"),
        })),
    }));
    const player = {
      ...{ name: "Phone", product: "Plex for iOS", clientIdentifier: "phone-1" },
      ...{ provides: "client,player,pubsub-player", owned: true, connections: [] },
    };
    return json([player, ...servers]);
  }
}

function refused(code: number, message: string, status: number): Answer {
  return json({ errors: [{ code, message, status }] }, status);
}
