import "server-only";
import { limitSignedLink } from "../rate-limit";
import { plain } from "./read-form";
import { readingWithoutLook } from "./reading";

/** A handler of signed links, for so many openings from one address: nobody tries out signatures. */
export function limitedLink<Place>(
  handler: (request: Request, place: Place) => Promise<Response>,
): (request: Request, place: Place) => Promise<Response> {
  return async (request, place) => {
    const limit = await limitSignedLink(request.headers);
    if (limit.kind === "allowed") return handler(request, place);
    const answer = plain(429, readingWithoutLook(request).words.trouble.tooOften);
    answer.headers.set("Retry-After", String(limit.retryAfterSeconds));
    return answer;
  };
}
