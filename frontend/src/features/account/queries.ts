import { useQuery, useQueryClient } from '@tanstack/vue-query'

import * as auth from '@/shared/api/auth'

export const useAddresses = () => useQuery({ queryKey: ['account', 'addresses'], queryFn: auth.fetchAddresses })
export const usePhones = () => useQuery({ queryKey: ['account', 'phones'], queryFn: auth.fetchPhones })
export const useAuthenticators = () => useQuery({ queryKey: ['account', 'authenticators'], queryFn: auth.fetchAuthenticators })
export const useDevices = () => useQuery({ queryKey: ['account', 'devices'], queryFn: auth.fetchDevices })

export function useRefreshAccount() {
  const client = useQueryClient()
  return () => Promise.all([client.invalidateQueries({ queryKey: ['account'] }), client.invalidateQueries({ queryKey: ['me'] })])
}
