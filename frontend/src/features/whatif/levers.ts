import { reactive } from 'vue'

import type { Lever } from '@/shared/api/types'
import { isNumeric, type Facts, type FactValue } from '@/shared/facts/facts'

export const GROUPS = ['creation', 'utilisation', 'protection', 'management', 'bonus', 'gates', 'programmes', 'judgement'] as const

export interface LeverGroup { code: string; levers: Lever[]; gain: number }

/** Levers by dimension, the order within a group being the server's: most points to gain first. */
export const groupLevers = (levers: Lever[]): LeverGroup[] =>
  GROUPS.map((code) => {
    const own = levers.filter((lever) => lever.group === code)
    return { code, levers: own, gain: own.some((lever) => lever.gain) ? Math.max(...own.map((lever) => lever.gain)) : 0 }
  }).filter((group) => group.levers.length)

/** A count that is known only between bounds has no single value to start from. */
export const ownValue = (lever: Lever): FactValue | undefined => (Array.isArray(lever.value) || lever.value === null ? undefined : lever.value)

const nice = (value: number): number => {
  const power = 10 ** Math.floor(Math.log10(value))
  return [1, 2, 5, 10].map((step) => step * power).find((candidate) => candidate >= value - 1e-9)!
}

/** From where to where a slider goes: past the last limit of the rules and well past the firm's own value. */
export function sliderRange(lever: Lever): { min: number; max: number; step: number } | null {
  if (!isNumeric(lever)) return null
  const own = Array.isArray(lever.value) ? lever.value[0] : typeof lever.value === 'number' ? lever.value : 0
  const wanted = Math.max(10, Math.abs(own) * 2, ...lever.limits.filter((limit) => limit <= Math.max(100, Math.abs(own) * 20)).map((limit) => limit * 1.2))
  const max = lever.most ?? nice(wanted)
  const min = lever.least ?? -max
  const step = lever.type === 'integer' ? Math.max(1, nice(max / 200)) : nice(max / 100)
  return { min, max, step: lever.type === 'integer' && max <= 200 ? 1 : step }
}

/** The changes tried; a value put back to the firm's own is no change. */
export function useChanges() {
  const changes = reactive<Facts>({})

  const shown = (lever: Lever): FactValue | undefined => {
    const changed = changes[lever.code]
    return lever.code in changes ? (changed === null && lever.value === null ? undefined : changed) : ownValue(lever)
  }
  function set(lever: Lever, value: FactValue | undefined): void {
    const given = value === undefined ? null : value
    if (given === lever.value) delete changes[lever.code]
    else changes[lever.code] = given
  }
  function replace(next: Facts): void {
    for (const code of Object.keys(changes)) delete changes[code]
    Object.assign(changes, next)
  }
  return { changes, shown, set, replace }
}
