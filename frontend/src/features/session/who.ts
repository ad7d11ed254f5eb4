import type { Credentials } from '@/shared/api/auth'

/** A mail address, a phone number or a user name, by its look; the server decides what it is worth. */
export function credentialsOf(typed: string, password: string): Credentials {
  const text = typed.trim()
  if (text.includes('@')) return { email: text, password }
  const digits = text.replace(/[\s-]/g, '')
  if (/^(\+?86)?1\d{10}$/.test(digits) || /^\+\d{7,14}$/.test(digits)) return { phone: digits.replace(/^(\+?86)?(?=1\d{10}$)/, '+86'), password }
  return { username: text, password }
}

/** What can't be a mail address nor a number is told so before anybody is asked. */
export const isAddress = (typed: string): boolean => typed.includes('@') || /^\+?[\d\s-]{5,}$/.test(typed.trim())

export function codeAddress(typed: string): { email: string } | { phone: string } {
  const found = credentialsOf(typed, '')
  return found.email ? { email: found.email } : { phone: found.phone ?? typed.trim() }
}
