import { createI18n } from 'vue-i18n'

export const LOCALES = ['zh-CN', 'en'] as const
export type Locale = (typeof LOCALES)[number]
type Messages = Record<string, unknown>

const STORAGE_KEY = 'zhiyu.locale'
const languages: Record<Locale, () => Promise<{ default: Messages }>> = {
  'zh-CN': () => import('./locales/zh-CN'),
  en: () => import('./locales/en'),
}

export const i18n = createI18n({ legacy: false, locale: 'zh-CN', fallbackLocale: 'zh-CN', messages: {} })

export function preferredLocale(): Locale {
  const stored = localStorage.getItem(STORAGE_KEY)
  return LOCALES.find((locale) => locale === stored) ?? 'zh-CN'
}

/** Loads a language and makes it the page's own; the choice is remembered on this device. */
export async function setLocale(locale: Locale): Promise<void> {
  i18n.global.setLocaleMessage(locale, (await languages[locale]()).default as never)
  i18n.global.locale.value = locale as never
  document.documentElement.lang = locale
  localStorage.setItem(STORAGE_KEY, locale)
}
