/** A moment as an input of date and time takes it, on the office's clock, whatever this computer's zone is. */
export const beijingInput = (iso: string | null | undefined): string =>
  iso ? new Date(iso).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' }).replace(' ', 'T') : ''

/** Back again; browsers leave the seconds out where they are zero. */
export const fromBeijing = (input: string): string => `${input}${input.length === 16 ? ':00' : ''}+08:00`
