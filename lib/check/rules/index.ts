import type { Rule } from '../rule';
import { filesNotGenerated } from './r01-files-not-generated';
import { clusteringClassFits } from './r02-clustering-class-fits';
import { sameProductVersion } from './r03-same-product-version';
import { filesReadable } from './r04-files-readable';
import { clusteringEnabled } from './r05-clustering-enabled';
import { oneMembershipScheme } from './r06-one-membership-scheme';
import { oneDomain } from './r07-one-domain';
import { memberPortsDistinct } from './r08-member-ports-distinct';
import { membersExist } from './r09-members-exist';
import { enoughKnownMembers } from './r10-enough-known-members';
import { localHostReachable } from './r11-local-host-reachable';
import { oneMemberList } from './r12-one-member-list';
import { subDomainOfRole } from './r13-sub-domain-of-role';
import { membersByAddress } from './r14-members-by-address';
import { noOtherHazelcastFile } from './r15-no-other-hazelcast-file';
import { noShippedMembers } from './r16-no-shipped-members';
import { balancerConfReadsRight } from './r17-balancer-conf-reads-right';
import { balancerKeysKnown } from './r18-balancer-keys-known';
import { balancerHostsUnique } from './r19-balancer-hosts-unique';
import { groupPortsUnique } from './r20-group-ports-unique';
import { subDomainsDeclared } from './r21-sub-domains-declared';
import { portMappingsRight } from './r22-port-mappings-right';
import { balancerPortsReachable } from './r23-balancer-ports-reachable';
import { urlSuffixesPaired } from './r24-url-suffixes-paired';
import { portsTakenOnce } from './r25-ports-taken-once';
import { hostNamesAgree } from './r26-host-names-agree';
import { hostNamesKnown } from './r27-host-names-known';
import { wsdlAddressesOfFrontEnd } from './r28-wsdl-addresses-of-front-end';
import { proxyPortsOfFrontEnd } from './r29-proxy-ports-of-front-end';
import { datasourcesDefined } from './r30-datasources-defined';
import { sharedDatabasesAgree } from './r31-shared-databases-agree';
import { localRegistryOfItsOwn } from './r32-local-registry-of-its-own';
import { sharedDataNotEmbedded } from './r33-shared-data-not-embedded';
import { jdbcUrlsRight } from './r34-jdbc-urls-right';
import { driverJarsInPlace } from './r35-driver-jars-in-place';
import { validationQueriesValid } from './r36-validation-queries-valid';
import { scriptForMysql } from './r37-script-for-mysql';
import { poolsFitDatabase } from './r38-pools-fit-database';
import { registryConsistent } from './r39-registry-consistent';
import { mountsAsFirstStarted } from './r40-mounts-as-first-started';
import { oneRegistryOwner } from './r41-one-registry-owner';
import { mountsAgree } from './r42-mounts-agree';
import { cacheIdsMatch } from './r43-cache-ids-match';
import { cachesAlike } from './r44-caches-alike';
import { mountsLoseNothing } from './r45-mounts-lose-nothing';
import { deploymentSynchronized } from './r46-deployment-synchronized';
import { noDefaultPasswords } from './r47-no-default-passwords';
import { oneTimeZone } from './r48-one-time-zone';
import { startedAsPlanned } from './r49-started-as-planned';
import { databasesReachable } from './r50-databases-reachable';
import { databaseLoginsRight } from './r51-database-logins-right';
import { databasesThere } from './r52-databases-there';
import { tablesThere } from './r53-tables-there';
import { databasesSetUpRight } from './r54-databases-set-up-right';
import { databasesLookedAt } from './r55-databases-looked-at';

/** Every rule of the checker by its code. Register a new one by adding it here. */
export const rules = {
  R01: filesNotGenerated,
  R02: clusteringClassFits,
  R03: sameProductVersion,
  R04: filesReadable,
  R05: clusteringEnabled,
  R06: oneMembershipScheme,
  R07: oneDomain,
  R08: memberPortsDistinct,
  R09: membersExist,
  R10: enoughKnownMembers,
  R11: localHostReachable,
  R12: oneMemberList,
  R13: subDomainOfRole,
  R14: membersByAddress,
  R15: noOtherHazelcastFile,
  R16: noShippedMembers,
  R17: balancerConfReadsRight,
  R18: balancerKeysKnown,
  R19: balancerHostsUnique,
  R20: groupPortsUnique,
  R21: subDomainsDeclared,
  R22: portMappingsRight,
  R23: balancerPortsReachable,
  R24: urlSuffixesPaired,
  R25: portsTakenOnce,
  R26: hostNamesAgree,
  R27: hostNamesKnown,
  R28: wsdlAddressesOfFrontEnd,
  R29: proxyPortsOfFrontEnd,
  R30: datasourcesDefined,
  R31: sharedDatabasesAgree,
  R32: localRegistryOfItsOwn,
  R33: sharedDataNotEmbedded,
  R34: jdbcUrlsRight,
  R35: driverJarsInPlace,
  R36: validationQueriesValid,
  R37: scriptForMysql,
  R38: poolsFitDatabase,
  R39: registryConsistent,
  R40: mountsAsFirstStarted,
  R41: oneRegistryOwner,
  R42: mountsAgree,
  R43: cacheIdsMatch,
  R44: cachesAlike,
  R45: mountsLoseNothing,
  R46: deploymentSynchronized,
  R47: noDefaultPasswords,
  R48: oneTimeZone,
  R49: startedAsPlanned,
  R50: databasesReachable,
  R51: databaseLoginsRight,
  R52: databasesThere,
  R53: tablesThere,
  R54: databasesSetUpRight,
  R55: databasesLookedAt,
} satisfies Record<string, Rule>;

/** The code of a rule, such as `R05`. */
export type RuleCode = string;

/** All codes, in the order of the registry. */
export const ruleCodes: readonly RuleCode[] = Object.keys(rules);

/** The rule of a code, or `undefined` where there is none. */
export function ruleOf(code: RuleCode): Rule | undefined {
  const known: Readonly<Record<string, Rule>> = rules;
  return known[code];
}
