import "server-only";
import { keptFor } from "@/lib/services/kept-for";
import { readStanding } from "@/lib/services/read-standing";
import { webContext } from "./service-context";

/** How everything stands, at most five seconds old: whoever asks often costs no more than that. */
export const currentStanding = keptFor(5_000, () => readStanding(webContext()));
