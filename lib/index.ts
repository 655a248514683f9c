// The public API, and nothing else: what this file does not export may change at any time. Nothing here prints, asks or
// ends the process. The usual way for one home: openHome → chooseNode → makePlan → look at the plan → applyPlan, and undoApply
// to take it back. For a cluster: loadCluster → selectNodes → planHomes → applyPlans, and checkHomes → checkCluster.

export { openHome } from './plan/open-home';
export { makePlan, type PlanOptions } from './plan/make-plan';
export { isNoOp, patchedText, type FilePatch, type NewFile, type Plan } from './plan/plan';
export { loadDrivers, type Driver } from './plan/load-drivers';
export { applyPlan, applyPlans, type ApplyLabel, type ApplyResult, type PlanOfHome } from './plan/apply-plan';
export { loadCluster, type LoadClusterOptions } from './plan/load-cluster';
export { selectNodes, type NodeHome, type SelectedNodes } from './plan/select-nodes';
export { planHomes, type PlanHomesOptions, type PlannedHome } from './plan/plan-homes';
export { checkHomes, type CheckOptions, type CheckTarget } from './plan/check-homes';
export {
  isUnfinished,
  recoverHome,
  undoApplies,
  undoApply,
  type ApplyRecord,
  type Recovery,
  type UndoResult,
} from './plan/undo-apply';
export { readSettings, type FileSettings, type Setting } from './plan/read-settings';
export { describeHome, type CarbonHome } from './carbon/carbon-home';

export type { ResolvedCluster } from './cluster/cluster-file/parse-cluster-file';
export type { Explanation } from './cluster/cluster-file/resolution';
export type { Setting as ClusterSetting } from './cluster/cluster-file/settings';
export { chooseNode, type NodeChoice, type TopologyOverrides } from './cluster/overrides';
export { exampleCluster } from './cluster/example-cluster';
export { membersOf, type ClusteringAgent } from './cluster/members';
export { roleNames, roles, type RoleName } from './cluster/roles';
export type { NodeRole } from './cluster/roles/node-role';
export type {
  CentralDatabase,
  ClusterNode,
  ClusterTopology,
  ConfPatch,
  DatabaseLayout,
  DatabasePurpose,
  DatabaseUrls,
  DatabaseUser,
  DeploymentSynchronizer,
  FrontEnd,
  Member,
  MembershipScheme,
  MountOverwrite,
  SharedRegistry,
  SilencedRule,
} from './cluster/topology';
export { databaseKinds, type DatabaseKindName } from './database/kinds';
export type { DatabaseKind } from './database/database-kind';

export { checkCluster, type CheckResult, type RuleFinding, type SilencedFinding } from './check/check-cluster';
export type { CheckedCluster, CheckedNode, UnopenedHome } from './check/checked-cluster';
export type { Finding, FindingPlace, Rule, Severity } from './check/rule';
export { ruleCodes, ruleOf, type RuleCode } from './check/rules';
export { portCollisions, type PortCollision } from './carbon/ports/port-collisions';
export type { EffectivePort } from './carbon/effective-ports';

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
export {
  planJson,
  type ChangeJson,
  type FileJson,
  type NewFileJson,
  type PlanJson,
  type PlanJsonOptions,
} from './report/plan-json';
export { clusterPlanJson, type ClusterPlanJson, type NodePlanJson } from './report/cluster-plan-json';
export { findingsText, type FindingsTextOptions } from './report/findings-text';
export { findingsJson, type FindingsJson } from './report/findings-json';
export { sarifLog, type SarifLog } from './report/sarif';
export { portsText } from './report/ports-text';
export { portsJson, type PortsJson } from './report/ports-json';
export { driftText } from './report/drift-text';
export { driftJson, type DriftJson } from './report/drift-json';
export { errorText } from './report/error-text';
export { maskSecrets } from './report/mask-secrets';

export {
  CarbonPatchError,
  isCarbonPatchError,
  type ClusterFileProblem,
  type Drift,
  type DriftedFile,
  type ErrorCode,
  type ErrorDetails,
  type FileSide,
  type Place as SourcePlace,
  type PlaceInSource,
} from './errors';
