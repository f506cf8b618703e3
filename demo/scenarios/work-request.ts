// Figure 4-2: Customer Support asks for work; Engineering has its say before it starts, and the customer hears of its end.

import { withStatus } from '../parties/work.ts'
import { due } from '../scenario.ts'
import type { Scenario } from '../scenario.ts'

const WORK_REQUEST = {
  mRID: 'ea625101-b73a-4c8b-a836-f584fceeb0b3',
  Names: [{ name: 'C-1002003', NameType: { name: 'customer' } }],
  Work: [
    {
      mRID: 'b735115b-77cc-473e-8efc-302379f67412',
      kind: 'construction',
      requestDateTime: '2026-07-14T09:58:00Z',
      statusKind: 'waitingOnApproval',
      WorkTasks: [
        {
          instruction: 'Set the second transformer beside the first.',
          subject: 'Larger service for 1200 Harbor Street',
          taskKind: 'install',
        },
      ],
    },
  ],
}

export const WORK_REQUEST_SCENARIO: Scenario = {
  id: '4-2',
  title: 'Work request',
  begins: [
    [
      'dso-cs',
      { verb: 'create', noun: 'WorkRequests', objects: [withStatus(WORK_REQUEST, 'scheduled')] },
    ],
    ['dso-cs', { verb: 'create', noun: 'WorkRequests', objects: [WORK_REQUEST] }],
  ],
  due: [
    due('WR-01', 'dso-cs > cimgate', 'create WorkRequests', '', 'FAILED 6.1 WR-ENG'),
    due('WR-01', 'dso-cs > dso-eng', 'create WorkRequests', 'WorkRequests: - > waitingOnApproval'),
    due(
      'WR-02',
      'dso-eng > dso-cs',
      'changed WorkRequests',
      'WorkRequests: waitingOnApproval > approved',
    ),
    due('WR-03', 'dso-eng > wms', 'create WorkRequests'),
    due('WR-04', 'wms > dso-cs', 'changed WorkRequests', 'WorkRequests: approved > scheduled'),
    due('WR-04', 'wms > dso-cs', 'changed WorkRequests', 'WorkRequests: scheduled > inProgress'),
    due('WR-04', 'wms > dso-cs', 'changed WorkRequests', 'WorkRequests: inProgress > completed'),
    due('WR-04', 'wms > dso-cs', 'closed WorkRequests', 'WorkRequests: completed > closed'),
    due(
      'WR-05',
      'dso-cs > customer',
      'created CustomerNotifications',
      'CustomerNotifications: - > present',
    ),
  ],
}
