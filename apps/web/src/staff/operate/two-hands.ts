// Two operators changed the same setting: what the second sees before deciding, setting by setting.
import type { AdmissionSettings } from '@onsale/contracts';

export type SettingName = keyof AdmissionSettings;
type Value = AdmissionSettings[SettingName];
/** `seen` is what stood there when the hand began, `theirs` what stands there now, `mine` what was wished. */
export type Clash = { readonly name: SettingName; readonly seen: Value; readonly theirs: Value; readonly mine: Value };

/** Of the wished settings; empty when something else changed and the wish can be repeated without undoing anybody. */
export function clashesOf(
  wish: Partial<AdmissionSettings>,
  { seen, now }: { readonly seen: AdmissionSettings; readonly now: AdmissionSettings },
): readonly Clash[] {
  return (Object.keys(wish) as SettingName[])
    .map((name) => ({ name, seen: seen[name], theirs: now[name], mine: wish[name] }))
    .filter(({ seen: before, theirs, mine }) => theirs !== before && theirs !== mine);
}

/** What takes a change back: the wished settings as they were seen. */
export function undoOf(wish: Partial<AdmissionSettings>, seen: AdmissionSettings): Partial<AdmissionSettings> {
  return Object.fromEntries((Object.keys(wish) as SettingName[]).map((name) => [name, seen[name]]));
}
