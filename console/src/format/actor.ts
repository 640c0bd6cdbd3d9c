import type { Actor } from "../api/types.js";
import type { Localization } from "../locales/localization.js";
import { visible } from "./visible.js";

/** Who did something. Goes into a <bdi>. */
export function actorName(t: Localization["t"], actor: Actor): string {
  return actor.type === "credential" ? t("actor.credential", { name: actor.name }) : visible(actor.name);
}
