import type { Step, TierName } from '@/shared/api/workshop'

export interface Node { code: string; y: number; height: number; count: number }
export interface Ribbon { before: string; after: string; count: number; isMoved: boolean; path: string }
export const HEIGHT = 260
const GAP = 14
const LEAST = 1.5

/** Tiers from the highest down, what has no tier last; outcomes in the order they come. */
export function order(tiers: TierName[], codes: string[]): string[] {
  const named = [...tiers].reverse().map((tier) => tier.code)
  return [...new Set([...named, ...codes.filter(Boolean), ...codes])].filter((code) => codes.includes(code))
}

function column(steps: Step[], side: 'before' | 'after', codes: string[]): Map<string, Node> {
  const total = steps.reduce((sum, step) => sum + step.count, 0) || 1
  const room = HEIGHT - GAP * (codes.length - 1)
  let y = 0
  return new Map(codes.map((code) => {
    const count = steps.filter((step) => step[side] === code).reduce((sum, step) => sum + step.count, 0)
    const node = { code, y, height: (count / total) * room, count }
    y += node.height + GAP
    return [code, node]
  }))
}

/** Where every tier and every stream between tiers stands, in a picture of a fixed height. */
export function flow(steps: Step[], before: TierName[], after: TierName[], width: number) {
  const left = column(steps, 'before', order(before, steps.map((step) => step.before)))
  const right = column(steps, 'after', order(after, steps.map((step) => step.after)))
  const from = new Map([...left].map(([code, node]) => [code, node.y]))
  const to = new Map([...right].map(([code, node]) => [code, node.y]))
  const sorted = [...left.keys()].flatMap((one) => [...right.keys()].map((two) => steps.find((step) => step.before === one && step.after === two))).filter((step) => step !== undefined)
  const ribbons = sorted.map((step): Ribbon => {
    const start = left.get(step.before)!
    const thick = Math.max(LEAST, start.count ? (step.count / start.count) * start.height : 0)
    const [y1, y2] = [from.get(step.before)!, to.get(step.after)!]
    from.set(step.before, y1 + thick)
    to.set(step.after, y2 + thick)
    const bend = width / 2
    const path = `M0 ${y1}C${bend} ${y1} ${bend} ${y2} ${width} ${y2}V${y2 + thick}C${bend} ${y2 + thick} ${bend} ${y1 + thick} 0 ${y1 + thick}Z`
    return { ...step, isMoved: step.before !== step.after, path }
  })
  return { left: [...left.values()], right: [...right.values()], ribbons: ribbons.sort((a, b) => Number(a.isMoved) - Number(b.isMoved)) }
}

/** The words an address has for a step: what has no tier is `none`. */
export const ends = ({ before, after }: { before: string; after: string }) => ({ before: before || 'none', after: after || 'none' })
