import { useI18n } from 'vue-i18n'

import type { Summary } from '@/shared/api/workshop'

/** Names of tiers as the two versions call them, of outcomes, and of having none. */
export function useNames(summary: () => Summary) {
  const { t, te, locale } = useI18n()
  return (code: string): string => {
    if (!code) return t('workshop.impact.noTier')
    const tier = [...summary().tiers_after, ...summary().tiers_before].find((one) => one.code === code)
    if (tier) return locale.value === 'zh-CN' ? tier.zh : tier.en
    return te(`outcome.${code}`) ? t(`outcome.${code}`) : code
  }
}
