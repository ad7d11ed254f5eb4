import { i18n } from '../i18n'

/** Sentences that the server writes are Chinese for now: on a page of another language they say so, for voice and font. */
export const langOf = (text: string | null | undefined): 'zh-CN' | undefined =>
  i18n.global.locale.value !== 'zh-CN' && /[\u4e00-\u9fff]/.test(text ?? '') ? 'zh-CN' : undefined
