import type { MyRound } from '@/shared/api/filling'

const OVER = ['announced', 'withdrawn']

/** Whether the round waits for this firm now. */
export const isMine = (round: MyRound): boolean =>
  round.window === 'open' && [null, 'draft', 'returned'].includes(round.state)

/** The sentence of `home.round` that says what is wanted; who may sign is told to sign, others whom to ask. */
export function wantedOf(round: MyRound): string {
  if (!round.assessment) return 'start'
  if (round.open) return round.state === 'returned' ? 'returned' : 'left'
  if (round.may_sign) return 'ready'
  return round.signers.length ? 'readyFor' : 'readyNobody'
}

/** Until when the firm may work on it: its return's days, else the round's. */
export const dueOf = (round: MyRound): string => round.due ?? round.filling_until

/** What waits for the firm first, the nearest end leading; then what others have in hand; what is over stands in the results. */
export function inHand(rounds: MyRound[]): MyRound[] {
  const rank = (round: MyRound) => (isMine(round) ? 0 : round.window === 'upcoming' ? 1 : round.place === 'missed' ? 3 : 2)
  return rounds
    .filter((one) => !OVER.includes(one.state ?? '') && !(one.place === 'missed' && one.is_over))
    .sort((a, b) => rank(a) - rank(b) || dueOf(a).localeCompare(dueOf(b)))
}
