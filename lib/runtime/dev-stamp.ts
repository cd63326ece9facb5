import { stampRequests } from "./peer-stamp";
import { readTrustedProxies } from "./trusted-proxies";

// Loaded into `next dev` before anything else (node --import).
stampRequests(readTrustedProxies());
