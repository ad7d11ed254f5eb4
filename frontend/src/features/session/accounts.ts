import type { DemoAccount } from '@/shared/api/types'

/** Which role each demonstration account has: the open answer names roles in Chinese words only. */
const ROLES: Record<string, string> = {
  province: 'province_officer', 'province-leader': 'province_leader', wuhan: 'city_officer', 'wuhan-leader': 'city_leader', huanggang: 'city_officer',
  xiantao: 'city_officer', company: 'enterprise_filler', 'company-approver': 'enterprise_approver', 'company-legal': 'enterprise_legal', factory: 'enterprise_approver', laboratory: 'enterprise_approver', expert: 'expert', agency: 'agency_manager',
  consultant: 'agency_consultant', sysadmin: 'system_admin', secadmin: 'security_admin', auditor: 'audit_admin',
}
const GROUPS = ['bureau', 'company', 'others'] as const
type Group = (typeof GROUPS)[number]

export const roleOf = ({ username }: DemoAccount): string => ROLES[username] ?? ''

function groupOf(account: DemoAccount): Group {
  if (/^(province|city)_/.test(roleOf(account))) return 'bureau'
  return roleOf(account).startsWith('enterprise_') ? 'company' : 'others'
}

/** Offices first, then companies, then everyone else; no empty group. */
export const groupAccounts = (accounts: DemoAccount[]) =>
  GROUPS.map((name) => ({ name, accounts: accounts.filter((one) => groupOf(one) === name) })).filter((group) => group.accounts.length)
