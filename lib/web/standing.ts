import "server-only";
import { readStanding } from "@/lib/services/health/read-standing";
import { keptFor } from "@/lib/services/kept-for";
import { webContext } from "./service-context";

/** How everything stands, at most five seconds old: whoever asks often costs no more than that. */
export const currentStanding = keptFor(5_000, () => readStanding(webContext()));
