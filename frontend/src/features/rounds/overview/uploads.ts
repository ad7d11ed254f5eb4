import type { Action, Round } from '@/shared/api/types'

const takesFile = (action: Action): boolean =>
  ['import', 'upload', 'upload_workbook', 'workbook'].includes(action.name) || Boolean(action.needs?.includes('file'))

/** Uploading is one of the server's actions too; it is drawn as a place to drop a file instead of a button. */
export function splitActions(round: Round): { canUpload: boolean; buttons: Action[]; hint: string } {
  const canUpload = round.actions.some((action) => takesFile(action) && action.enabled)
  const buttons = round.actions.filter((action) => !takesFile(action))
  const next = buttons.find((action) => action.enabled)
  const known = ['score', 'rescore', 'publish', 'issue', 'issue_certificates', 'close']
  const hint = !round.counts.firms && canUpload ? 'import' : next && known.includes(next.name) ? next.name : next ? 'other' : 'none'
  return { canUpload, buttons, hint }
}
