import type { FeatureModule } from '@/shared/module'

export const module: FeatureModule = {
  name: 'certificates',
  feature: 'certificate',
  menu: { label: 'layout.certificate', to: '/my/certificate', order: 40 },
  routes: [{ path: '/my/certificate', name: 'my-certificate', component: () => import('./MyCertificatePage.vue'), meta: { feature: 'certificate', title: 'layout.certificate' } }],
}
