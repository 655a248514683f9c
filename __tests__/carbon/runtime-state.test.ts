import { describe, expect, test } from '@jest/globals';
import { holdsRuntimeState, runtimeStateAt, type CopiedHome } from '../../lib/carbon/runtime-state';

const idle: CopiedHome = { hasBeenStarted: false, isSynchronized: false };
const started: CopiedHome = { hasBeenStarted: true, isSynchronized: true };

describe('runtimeStateAt', () => {
  test.each([
    'wso2carbon.pid',
    'tmp/work/a',
    'lib/tomcat/work/Catalina',
    'wso2/lib/tomcat/work-broker/x',
    'repository/logs/wso2carbon.log',
    'wso2/broker/repository/logs/wso2carbon.log',
    'repository/database/WSO2CARBON_DB.lock.db',
    'solr',
    'repository/components/default/configuration/org.eclipse.osgi',
    'wso2/components/worker/configuration/org.eclipse.osgi',
    'repository/deployment/server/.svn',
    'repository/deployment/server/webapps/a/.svn',
    'repository/tenants/1/.git',
    '.carbon-patch',
    'repository/conf/.carbon-patch-0123456789abcdef.tmp',
  ])('%s stays behind', (path) => {
    expect(runtimeStateAt(path, idle)).toBeDefined();
  });

  test.each([
    'repository/database/WSO2CARBON_DB.h2.db',
    'repository/database/WSO2CARBON_DB.mv.db',
    'repository/data/hive/x',
    'repository/deployment/server/synapse-configs/default/proxy-services/a.xml',
  ])('%s stays behind only where the server was started, or checks out', (path) => {
    expect(runtimeStateAt(path, idle)).toBeUndefined();
    expect(runtimeStateAt(path, started)).toBeDefined();
  });

  test.each([
    'tmp',
    'repository/logs',
    'repository/conf/solr/solr.xml',
    'repository/conf/log4j.properties',
    'repository/components/default/configuration/org.eclipse.equinox.simpleconfigurator/bundles.info',
    'repository/components/plugins/a.jar',
    'repository/deployment/server/webapps/a.war',
    'dbscripts/h2.sql',
    'lib/tomcat/conf/x',
    'repository/resources/security/wso2carbon.jks',
  ])('%s is copied', (path) => {
    expect(runtimeStateAt(path, started)).toBeUndefined();
  });

  test('knows folders of which nothing is copied', () => {
    expect(holdsRuntimeState('repository/logs', idle)).toBe(true);
    expect(holdsRuntimeState('repository/data', idle)).toBe(false);
    expect(holdsRuntimeState('repository/conf', started)).toBe(false);
  });
});
