// The public API, and nothing else: what this file does not export may change at any time. Nothing here prints, asks or
// ends the process. The usual way: openHome → chooseNode → makePlan → look at the plan → applyPlan, and undoApply to take it back.

export { openHome } from './plan/open-home';
export { makePlan, type PlanOptions } from './plan/make-plan';
export { isNoOp, patchedText, type FilePatch, type Plan } from './plan/plan';
export { applyPlan, type ApplyLabel, type ApplyResult } from './plan/apply-plan';
export {
  isUnfinished,
  recoverHome,
  undoApply,
  type ApplyRecord,
  type Recovery,
  type UndoResult,
} from './plan/undo-apply';
export { readSettings, type FileSettings, type Setting } from './plan/read-settings';
export { describeHome, type CarbonHome } from './carbon/carbon-home';

export { chooseNode, type NodeChoice, type TopologyOverrides } from './cluster/overrides';
export { exampleCluster } from './cluster/example-cluster';
export { membersOf, type ClusteringAgent } from './cluster/members';
export { roleNames, roles, type RoleName } from './cluster/roles';
export type { NodeRole } from './cluster/roles/node-role';
export type {
  CentralDatabase,
  ClusterNode,
  ClusterTopology,
  DatabaseLayout,
  DatabaseUrls,
  FrontEnd,
  Member,
  SharedRegistry,
} from './cluster/topology';
export { databaseKinds, type DatabaseKindName } from './database/kinds';
export type { DatabaseKind } from './database/database-kind';

export { patchBytes, patchText, type PatchedBytes, type PatchedText, type PatchTextOptions } from './patch/patch-text';
export { parseOperations } from './patch/parse-operations';
export { operations, type OperationName, type PatchOperation } from './patch/operations';
export type { Place } from './patch/operations/ensure-element';
export type { Change } from './patch/patch-document';
export type { NewElement } from './xml/fragment';
export type { Namespaces } from './xml/document';
export type { Encoding } from './text/encoding';
export type { Span, TextEdit } from './text/edit';

export { diffBytes, diffString } from './report/unified-diff';
export { planText } from './report/plan-text';
export type { SecretOptions } from './report/mask-change';
export type { ColorOptions } from './report/color';
export { planJson, type ChangeJson, type FileJson, type PlanJson, type PlanJsonOptions } from './report/plan-json';
export { errorText } from './report/error-text';
export { maskSecrets } from './report/mask-secrets';

export {
  CarbonPatchError,
  isCarbonPatchError,
  type ErrorCode,
  type ErrorDetails,
  type Place as SourcePlace,
  type PlaceInSource,
} from './errors';
