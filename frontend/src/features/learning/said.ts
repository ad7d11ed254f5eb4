import { useI18n } from 'vue-i18n'

import type { Said } from '@/shared/api/learning'

/** A sentence that the server gives in both languages. */
export function useSaid() {
  const { locale } = useI18n()
  return (text: Said): string => (locale.value === 'zh-CN' ? text.zh : text.en)
}
