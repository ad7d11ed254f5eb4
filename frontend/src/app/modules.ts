import type { FeatureModule } from '@/shared/module'

const found = import.meta.glob<{ module: FeatureModule }>('../features/*/module.ts', { eager: true })

export const modules: FeatureModule[] = Object.values(found).map((file) => file.module)

export const menuFor = (granted: string[]) =>
  modules
    .filter((one) => one.menu && (!one.feature || granted.includes(one.feature)))
    .map((one) => one.menu!)
    .sort((a, b) => a.order - b.order)
