import type { FeatureModule } from '@/shared/module'

const found = import.meta.glob<{ module: FeatureModule }>('../features/*/module.ts', { eager: true })

export const modules: FeatureModule[] = Object.values(found).map((file) => file.module)

const isOpen = (one: FeatureModule): boolean => Boolean(one.routes[0]?.meta?.open)

/** What a person is granted; a stranger is shown what is open to anyone. */
export const menuFor = (granted: string[] | null) =>
  modules
    .filter((one) => one.menu && (granted ? !one.feature || granted.includes(one.feature) : isOpen(one)))
    .map((one) => one.menu!)
    .sort((a, b) => a.order - b.order)
