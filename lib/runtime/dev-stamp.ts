import { stampRequests } from "./peer-stamp";

// Loaded into `next dev` before anything else (node --import).
stampRequests(process.env.TRUSTED_PROXIES ?? "");
