import type { PlexSignInActions } from "@/components/settings/use-plex-sign-in";
import {
  askPlexSignInAction,
  beginPlexSignInAction,
  cancelPlexSignInAction,
  connectPlexAction,
  tryPlexAddressesAction,
} from "./actions";

/** Signing in to Plex, for the settings and the wizard. */
export const plexSignInActions: PlexSignInActions = {
  begin: beginPlexSignInAction,
  ask: askPlexSignInAction,
  tryAddresses: tryPlexAddressesAction,
  connect: connectPlexAction,
  cancel: cancelPlexSignInAction,
};
