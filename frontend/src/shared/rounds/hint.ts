import type { Round } from '../api/types'
import { isLive } from '../jobs/queries'

const MOVES = ['open', 'score', 'rescore', 'publish', 'issue_certificates', 'close']
/** Every answer of `hintOf`: each has its sentences in `rounds.nextText` and `rounds.nextShort`. */
export const HINTS = [...MOVES, 'busy', 'import', 'filling', 'none', 'other']

/** Which sentence stands over the buttons: the one of the first move that is open now. */
export function hintOf(round: Round): string {
  if (isLive(round.job)) return 'busy'
  if (!round.counts.firms && round.can_upload?.enabled) return 'import'
  const names = round.actions.filter((action) => action.enabled).map((action) => action.name)
  const next = names.find((name) => name !== 'rescore') ?? names[0]
  if (!next) return round.state === 'open' ? 'filling' : 'none'
  return MOVES.includes(next) ? next : 'other'
}
