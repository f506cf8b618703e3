import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { element } from './element.ts'
import { typedRoot } from './typed-roots.ts'

const test = suite('typed-roots')
const NS = 'http://iec.ch/TC57/2017/WidgetsMessage'

/** root: kind, verb, X, nouns, stem of reply and fault */
const TABLE: Readonly<Record<string, string>> = {
  CreateWidgets: 'RequestMessage create Widgets Widgets Widgets',
  ChangeWidgets: 'RequestMessage change Widgets Widgets Widgets',
  CancelWidgets: 'RequestMessage cancel Widgets Widgets Widgets',
  CloseWidgets: 'RequestMessage close Widgets Widgets Widgets',
  DeleteWidgets: 'RequestMessage delete Widgets Widgets Widgets',
  CreatedWidgets: 'EventMessage created Widgets Widgets Widgets',
  ChangedWidgets: 'EventMessage changed Widgets Widgets Widgets',
  CanceledWidgets: 'EventMessage canceled Widgets Widgets Widgets',
  ClosedWidgets: 'EventMessage closed Widgets Widgets Widgets',
  DeletedWidgets: 'EventMessage deleted Widgets Widgets Widgets',
  WidgetsResponseMessage: 'ResponseMessage reply Widgets Widgets Widgets',
  WidgetsFaultMessage: 'FaultMessage null Widgets Widgets Widgets',
  GetWidgetsRequestMessage: 'RequestMessage get Widgets Widgets,GetWidgets GetWidgets',
  GetWidgetsResponseMessage: 'ResponseMessage reply Widgets Widgets,GetWidgets GetWidgets',
  GetWidgetsFaultMessage: 'FaultMessage null Widgets Widgets,GetWidgets GetWidgets',
  WidgetQueriesRequestMessage: 'RequestMessage get Widget WidgetQueries WidgetQueries',
  WidgetQueriesResponseMessage: 'ResponseMessage reply Widget WidgetQueries WidgetQueries',
  WidgetQueriesFaultMessage: 'FaultMessage null Widget WidgetQueries WidgetQueries',
  ExecuteWidgetsOperationSet: 'RequestMessage execute Widgets OperationSet WidgetsOperationSet',
  ExecutedWidgetsOperationSet: 'EventMessage executed Widgets OperationSet WidgetsOperationSet',
  WidgetsOperationSetResponseMessage:
    'ResponseMessage reply Widgets OperationSet WidgetsOperationSet',
  WidgetsOperationSetFaultMessage: 'FaultMessage null Widgets OperationSet WidgetsOperationSet',
}

for (const [name, row] of Object.entries(TABLE)) {
  const [kind, verb, x, nouns = '', stem] = row.split(' ')
  test(`${name} is a ${kind} of ${x}`, () => {
    assert.equal(typedRoot(element(NS, name)), {
      x,
      kind,
      verb: verb === 'null' ? null : verb,
      nouns: nouns.split(','),
      operationSet: name.includes('OperationSet'),
      reply: `${stem}ResponseMessage`,
      fault: `${stem}FaultMessage`,
    })
  })
}

test('other names and other namespaces are not typed', () => {
  for (const name of ['Widgets', 'Createwidgets', 'ResponseMessage', 'Create', 'createWidgets']) {
    assert.is(typedRoot(element(NS, name)), undefined, name)
  }
  for (const ns of [
    'http://iec.ch/TC57/2017/Widgets#',
    'http://iec.ch/TC57/2011/schema/message',
    '',
  ]) {
    assert.is(typedRoot(element(ns, 'CreateWidgets')), undefined, ns)
  }
})

test.run()
