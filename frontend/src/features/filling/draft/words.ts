import { useI18n } from 'vue-i18n'

import type { FormField } from '@/shared/api/filling'
import { number } from '@/shared/utils/format'
import { useLabels } from '@/shared/utils/labels'

const PLAIN = /^-?\d+(\.\d+)?$/
const NUMBERS: ReadonlySet<string> = new Set(['money', 'integer', 'number', 'percent'])
/** With every place that is kept: two values that differ never look the same. */
const exact = (value: number) => number(value, 6)

/** A value of a field as people read it, in the page's own language: a number typed plainly reads like a kept one. */
export function useValueWords() {
  const { t, locale } = useI18n()
  const { unit } = useLabels()
  return (field: FormField, value: unknown): string => {
    if (value === null || value === undefined) return t('filling.state.unknown')
    if (value === 'n/a') return t('filling.state.notApplicable')
    if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no')
    const withUnit = (words: string) => [words, unit(field.unit)].filter(Boolean).join(' ')
    if (Array.isArray(value)) return withUnit(value[1] === null ? t('standing.years.atLeast', { value: exact(value[0]) }) : `${exact(value[0])}–${exact(value[1])}`)
    const choice = field.choices.find((one) => one.code === value)
    if (choice) return locale.value === 'zh-CN' ? choice.label : choice.label_en
    const isNumber = typeof value === 'number' || (NUMBERS.has(field.type) && PLAIN.test(String(value)))
    return withUnit(isNumber ? exact(Number(value)) : String(value))
  }
}
