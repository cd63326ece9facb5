import { answerHealth } from "@/lib/web/answer-health";

export const dynamic = "force-dynamic";

export function GET(): Promise<Response> {
  return answerHealth();
}
