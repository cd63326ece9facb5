import { postSubscription, showSubscription } from "@/lib/web/unsubscribe-route";

export { postSubscription as POST, showSubscription as GET };
