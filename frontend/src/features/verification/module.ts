import type { FeatureModule } from '@/shared/module'

const feature = 'verification'

export const module: FeatureModule = {
  name: 'verification',
  feature,
  menu: { label: 'layout.verification', to: '/verifications', order: 36 },
  routes: [{ path: '/verifications', name: 'verifications', component: () => import('./VerificationPage.vue'), meta: { feature, title: 'verification.title' } }],
}
