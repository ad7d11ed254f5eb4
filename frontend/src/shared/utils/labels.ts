import { useI18n } from 'vue-i18n'

/** Names of fixed codes in the page's own language; a code we do not know keeps the server's wording. */
export function useLabels() {
  const { t, te } = useI18n()
  const of = (group: string) => (code: string, label = code): string => (te(`${group}.${code}`) ? t(`${group}.${code}`) : label)
  return { programme: of('programmes'), track: of('tracks'), tier: of('tiers'), role: of('roles') }
}
