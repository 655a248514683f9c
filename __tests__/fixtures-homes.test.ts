import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

import { describe, expect, test } from '@jest/globals';
import { DOMParser } from '@xmldom/xmldom';

const root = join(__dirname, '..');
const homes = join(root, 'fixtures', 'homes');
const realHomes = join(root, '..', 'shared', 'corpus');

const malformed = 'bad-missing/repository/conf/user-mgt.xml';

/** Every file of the fixture homes, with its line ends, the encoding it declares and how it ends. */
const files: readonly (readonly [path: string, bytes: string])[] = [
  ['am-1.8.0/bin/version.txt', 'LF, no declaration, final newline'],
  ['am-1.8.0/bin/wso2carbon-version.txt', 'LF, no declaration, final newline'],
  ['am-1.8.0/repository/conf/axis2/axis2.xml', 'LF, no declaration, final newline'],
  ['am-1.8.0/repository/conf/carbon.xml', 'LF, ISO-8859-1, final newline'],
  ['am-1.8.0/repository/conf/datasources/master-datasources.xml', 'LF, no declaration, final newline'],
  ['am-1.8.0/repository/conf/registry.xml', 'LF, ISO-8859-1, final newline'],
  ['am-1.8.0/repository/conf/tomcat/catalina-server.xml', 'LF, utf-8, final newline'],
  ['am-1.8.0/repository/conf/user-mgt.xml', 'LF, no declaration, final newline'],
  ['am-2.1.0/bin/version.txt', 'LF, no declaration, final newline'],
  ['am-2.1.0/bin/wso2carbon-version.txt', 'LF, no declaration, final newline'],
  ['am-2.1.0/repository/conf/axis2/axis2.xml', 'LF, no declaration, final newline'],
  ['am-2.1.0/repository/conf/carbon.xml', 'LF, ISO-8859-1, final newline'],
  ['am-2.1.0/repository/conf/datasources/master-datasources.xml', 'LF, no declaration, final newline'],
  ['am-2.1.0/repository/conf/datasources/metrics-datasources.xml', 'LF, no declaration, final newline'],
  ['am-2.1.0/repository/conf/registry.xml', 'LF, ISO-8859-1, final newline'],
  ['am-2.1.0/repository/conf/user-mgt.xml', 'LF, no declaration, final newline'],
  ['am-3.0.0-toml/bin/version.txt', 'LF, no declaration, final newline'],
  ['am-3.0.0-toml/bin/wso2carbon-version.txt', 'LF, no declaration, final newline'],
  ['am-3.0.0-toml/repository/conf/carbon.xml', 'LF, ISO-8859-1, final newline'],
  ['am-3.0.0-toml/repository/conf/deployment.toml', 'LF, no declaration, final newline'],
  ['as-5.0.2/bin/version.txt', 'LF, no declaration, final newline'],
  ['as-5.0.2/repository/conf/axis2/axis2.xml', 'LF, no declaration, final newline'],
  ['as-5.0.2/repository/conf/carbon.xml', 'CRLF, ISO-8859-1, final newline'],
  ['as-5.0.2/repository/conf/datasources/master-datasources.xml', 'LF, no declaration, final newline'],
  ['as-5.0.2/repository/conf/registry.xml', 'LF, ISO-8859-1, final newline'],
  ['as-5.0.2/repository/conf/user-mgt.xml', 'LF, no declaration, final newline'],
  ['bad-missing/bin/wso2carbon-version.txt', 'LF, no declaration, final newline'],
  ['bad-missing/repository/conf/axis2/axis2.xml', 'LF, ISO-8859-1, final newline'],
  ['bad-missing/repository/conf/carbon.xml', 'LF, ISO-8859-1, final newline'],
  ['bad-missing/repository/conf/datasources/master-datasources.xml', 'LF, no declaration, final newline'],
  ['bad-missing/repository/conf/user-mgt.xml', 'LF, no declaration, final newline'],
  ['ei-6.6.0/bin/version.txt', 'LF, no declaration, final newline'],
  ['ei-6.6.0/conf/axis2/axis2.xml', 'LF, ISO-8859-1, no final newline'],
  ['ei-6.6.0/conf/carbon.xml', 'LF, ISO-8859-1, no final newline'],
  ['ei-6.6.0/conf/datasources/master-datasources.xml', 'LF, no declaration, final newline'],
  ['ei-6.6.0/conf/registry.xml', 'LF, ISO-8859-1, final newline'],
  ['ei-6.6.0/conf/tomcat/catalina-server.xml', 'LF, utf-8, no final newline'],
  ['ei-6.6.0/conf/user-mgt.xml', 'LF, no declaration, final newline'],
  ['ei-6.6.0/wso2/broker/conf/axis2/axis2.xml', 'LF, no declaration, final newline'],
  ['ei-6.6.0/wso2/broker/conf/carbon.xml', 'LF, ISO-8859-1, final newline'],
  ['ei-6.6.0/wso2/broker/conf/datasources/master-datasources.xml', 'LF, no declaration, final newline'],
  ['ei-6.6.0/wso2/broker/conf/datasources/metrics-datasources.xml', 'LF, no declaration, final newline'],
  ['ei-6.6.0/wso2/broker/conf/registry.xml', 'LF, ISO-8859-1, final newline'],
  ['ei-6.6.0/wso2/broker/conf/user-mgt.xml', 'LF, no declaration, final newline'],
  ['elb-2.0.4/repository/conf/axis2/axis2.xml', 'LF, ISO-8859-1, final newline'],
  ['elb-2.0.4/repository/conf/carbon.xml', 'LF, ISO-8859-1, final newline'],
  ['elb-2.0.4/repository/conf/loadbalancer.conf', 'LF, no declaration, final newline'],
  ['elb-2.0.4/repository/conf/user-mgt.xml', 'LF, no declaration, no final newline'],
  ['elb-2.1.0/bin/version.txt', 'LF, no declaration, final newline'],
  ['elb-2.1.0/bin/wso2carbon-version.txt', 'LF, no declaration, final newline'],
  ['elb-2.1.0/repository/conf/axis2/axis2.xml', 'LF, ISO-8859-1, final newline'],
  ['elb-2.1.0/repository/conf/carbon.xml', 'LF, ISO-8859-1, final newline'],
  ['elb-2.1.0/repository/conf/loadbalancer.conf', 'LF, no declaration, final newline'],
  ['elb-2.1.0/repository/conf/user-mgt.xml', 'LF, no declaration, final newline'],
  ['esb-4.7.0/bin/version.txt', 'LF, no declaration, final newline'],
  ['esb-4.7.0/bin/wso2carbon-version.txt', 'LF, no declaration, final newline'],
  ['esb-4.7.0/repository/conf/axis2/axis2.xml', 'LF, ISO-8859-1, final newline'],
  ['esb-4.7.0/repository/conf/carbon.xml', 'LF, ISO-8859-1, final newline'],
  ['esb-4.7.0/repository/conf/datasources/master-datasources.xml', 'LF, no declaration, final newline'],
  ['esb-4.7.0/repository/conf/registry.xml', 'LF, ISO-8859-1, final newline'],
  ['esb-4.7.0/repository/conf/tomcat/catalina-server.xml', 'LF, utf-8, final newline'],
  ['esb-4.7.0/repository/conf/user-mgt.xml', 'LF, no declaration, final newline'],
  ['esb-4.9.0-clustered/bin/version.txt', 'LF, no declaration, final newline'],
  ['esb-4.9.0-clustered/bin/wso2carbon-version.txt', 'LF, no declaration, final newline'],
  ['esb-4.9.0-clustered/repository/conf/axis2/axis2.xml', 'CRLF, ISO-8859-1, final newline'],
  ['esb-4.9.0-clustered/repository/conf/carbon.xml', 'LF, ISO-8859-1, final newline'],
  ['esb-4.9.0-clustered/repository/conf/datasources/master-datasources.xml', 'LF, no declaration, final newline'],
  ['esb-4.9.0-clustered/repository/conf/registry.xml', 'LF, ISO-8859-1, final newline'],
  ['esb-4.9.0-clustered/repository/conf/tomcat/catalina-server.xml', 'LF, utf-8, final newline'],
  ['esb-4.9.0-clustered/repository/conf/user-mgt.xml', 'LF, no declaration, final newline'],
  ['esb-5.0.0/bin/version.txt', 'LF, no declaration, final newline'],
  ['esb-5.0.0/bin/wso2carbon-version.txt', 'LF, no declaration, final newline'],
  ['esb-5.0.0/repository/conf/axis2/axis2.xml', 'LF, ISO-8859-1, final newline'],
  ['esb-5.0.0/repository/conf/carbon.xml', 'LF, ISO-8859-1, final newline'],
  ['esb-5.0.0/repository/conf/datasources/master-datasources.xml', 'LF, no declaration, final newline'],
  ['esb-5.0.0/repository/conf/registry.xml', 'CRLF, ISO-8859-1, final newline'],
  ['esb-5.0.0/repository/conf/tomcat/catalina-server.xml', 'LF, utf-8, final newline'],
  ['esb-5.0.0/repository/conf/user-mgt.xml', 'LF, no declaration, final newline'],
  ['greg-5.3.0/bin/version.txt', 'LF, no declaration, final newline'],
  ['greg-5.3.0/bin/wso2carbon-version.txt', 'LF, no declaration, final newline'],
  ['greg-5.3.0/repository/conf/axis2/axis2.xml', 'CRLF, no declaration, final newline'],
  ['greg-5.3.0/repository/conf/carbon.xml', 'LF, utf-8, final newline'],
  ['greg-5.3.0/repository/conf/datasources/master-datasources.xml', 'LF, no declaration, final newline'],
  ['greg-5.3.0/repository/conf/datasources/shared-datasources.xml', 'CRLF, no declaration, final newline'],
  ['greg-5.3.0/repository/conf/datasources/social-datasources.xml', 'LF, no declaration, final newline'],
  ['greg-5.3.0/repository/conf/registry.xml', 'CRLF, ISO-8859-1, final newline'],
  ['greg-5.3.0/repository/conf/user-mgt.xml', 'LF, no declaration, final newline'],
  ['is-5.3.0/bin/version.txt', 'LF, no declaration, final newline'],
  ['is-5.3.0/bin/wso2carbon-version.txt', 'LF, no declaration, final newline'],
  ['is-5.3.0/repository/conf/axis2/axis2.xml', 'LF, no declaration, final newline'],
  ['is-5.3.0/repository/conf/carbon.xml', 'LF, ISO-8859-1, final newline'],
  ['is-5.3.0/repository/conf/datasources/master-datasources.xml', 'LF, UTF-8, final newline'],
  ['is-5.3.0/repository/conf/registry.xml', 'mixed, ISO-8859-1, final newline'],
  ['is-5.3.0/repository/conf/tomcat/catalina-server.xml', 'LF, utf-8, no final newline'],
  ['is-5.3.0/repository/conf/user-mgt.xml', 'LF, no declaration, no final newline'],
];

/** What a fixture home holds outside comments (`live`), inside one comment (`commented`), or not at all (`absent`). */
interface Trap {
  readonly title: string;
  readonly path: string;
  readonly live?: readonly string[];
  readonly commented?: readonly string[];
  readonly absent?: readonly string[];
}

const traps: readonly Trap[] = [
  {
    title: 'the Tribes class, two sample members, and a commented localMemberHost',
    path: 'esb-4.7.0/repository/conf/axis2/axis2.xml',
    live: [
      '<clustering class="org.apache.axis2.clustering.tribes.TribesClusteringAgent" enable="false">',
      '<port>4000</port>\n            </member>\n            <member>\n                <hostName>127.0.0.1</hostName>\n                <port>4001</port>',
      '<groupManagement enable="false">',
      '<nodeManager class=',
      '<stateManager class=',
    ],
    commented: ['parameter name="localMemberHost">127.0.0.1</parameter'],
    absent: ['subDomain'],
  },
  {
    title: 'an arrow of a comment as text of the active https receiver, and disabled receivers around it',
    path: 'esb-4.7.0/repository/conf/axis2/axis2.xml',
    live: [
      '<transportReceiver name="http" class="org.apache.synapse.transport.passthru.PassThroughHttpListener">',
      '<transportReceiver name="https" class="org.apache.synapse.transport.passthru.PassThroughHttpSSLListener">',
      '<parameter name="non-blocking" locked="false">true</parameter>-->\n',
      '\n \t<parameter name="httpGetProcessor"',
    ],
    commented: [
      'transportReceiver name="http" class="org.apache.synapse.transport.nhttp.HttpCoreNIOListener">',
      'parameter name="WSDLEPRPrefix" locked="false">https://front.example.org:8243/services</parameter',
      '/transportReceiver ',
    ],
  },
  {
    title: 'host names only in samples, and both deployment synchronizers in comments',
    path: 'esb-4.7.0/repository/conf/carbon.xml',
    live: ['<Server xmlns="http://wso2.org/projects/carbon/carbon.xml">', '<Offset>0</Offset>'],
    commented: [
      'HostName>www.wso2.org</HostName',
      'MgtHostName>mgt.wso2.org</MgtHostName',
      'RegistryHttpPort>9763</RegistryHttpPort',
      '<RepositoryType>svn</RepositoryType>',
      '<AutoCheckout>true</AutoCheckout>\n        <AutoCommit>false</AutoCommit>',
    ],
  },
  {
    title: 'two samples of remoteInstance and one of mount',
    path: 'esb-4.7.0/repository/conf/registry.xml',
    live: ['<dbConfig name="wso2registry">'],
    commented: [
      '<username>username</username>\n        <password>password</password>\n    </remoteInstance',
      '<dbConfig>wso2registry</dbConfig>',
      'mount path="/_system/config" overwrite="true|false|virtual">',
    ],
  },
  {
    title: 'connectors of many lines, with proxyPort in comments only',
    path: 'esb-4.7.0/repository/conf/tomcat/catalina-server.xml',
    live: ['<Connector  protocol=', 'port="9763"\n                redirectPort="9443" \n', '\n\t\t\t\tkeystoreFile='],
    commented: ['proxyPort="80"', 'proxyPort="443"'],
  },
  {
    title: 'a clustering start tag of two lines, and subDomain in half-open comments with spaces and tabs',
    path: 'esb-5.0.0/repository/conf/axis2/axis2.xml',
    live: [
      '<clustering class="org.wso2.carbon.core.clustering.hazelcast.HazelcastClusteringAgent"\n                enable="false">',
      '<parameter name="clusteringPattern">WorkerManager</parameter>',
      '<parameter name="membershipScheme">wka</parameter>',
      '<parameter name="localMemberHost">127.0.0.1</parameter>',
      '<parameter name="localMemberPort">4100</parameter>',
      '\n \t    \n\t    \n',
    ],
    commented: [
      'property name="port.mapping.8243" value="9444"/>\n            <property name="port.mapping.8280" value="9764"/>\n            <property name="subDomain" value="mgt"/',
      'property name="subDomain" value="worker"/',
      'localMemberHost is told to others & localMemberBindAddress is listened on',
      'parameter name="WSDLEPRPrefix" locked="false">',
    ],
  },
  {
    title: 'a live deployment synchronizer that is off, beside a commented one',
    path: 'esb-5.0.0/repository/conf/carbon.xml',
    live: ['<DeploymentSynchronizer>\n        <Enabled>false</Enabled>'],
    commented: ['<DeploymentSynchronizer>\n        <Enabled>true</Enabled>', 'HostName>www.wso2.org</HostName'],
  },
  {
    title: 'registry samples after the handlers, with CRLF',
    path: 'esb-5.0.0/repository/conf/registry.xml',
    live: ['</dbConfig>\r\n    \r\n    <indexingConfiguration>'],
    commented: [
      '</handler>\r\n\r\n    <handler class=',
      '<password>password</password>\r\n    </remoteInstance',
      '<dbConfig>wso2registry</dbConfig>',
      'mount path="/_system/config" overwrite="true|false|virtual">',
    ],
  },
  {
    title: 'a secret alias only in the commented sample of a datasource',
    path: 'esb-5.0.0/repository/conf/datasources/master-datasources.xml',
    live: ['<password>wso2carbon</password>'],
    commented: [
      'datasource>\n            <name>SAMPLE_DATA_SOURCE</name>',
      '<password svns:secretAlias="WSO2.DB.Password"></password>',
    ],
  },
  {
    title: 'a live subDomain, and both NIO receivers in one comment',
    path: 'am-1.8.0/repository/conf/axis2/axis2.xml',
    live: ['<property name="subDomain" value="worker"/>', '<parameter name="membershipScheme">multicast</parameter>'],
    commented: ['<transportReceiver name="http" class="org.apache.synapse.transport.nhttp.HttpCoreNIOListener">'],
  },
  {
    title: 'a url with a comment inside its text, and a character outside ASCII in a file without a declaration',
    path: 'am-1.8.0/repository/conf/datasources/master-datasources.xml',
    live: ['<name>WSO2AM_DB</name>', '<url>jdbc:h2:;AUTO_SERVER=TRUE</url>', '\n         <datasource>'],
    commented: ['the database file, absolute', '\u2013'],
  },
  {
    title: 'look-alikes of the property dataSource in comments',
    path: 'am-1.8.0/repository/conf/user-mgt.xml',
    live: ['<Property name="dataSource">jdbc/WSO2CarbonDB</Property>\n        </Configuration>'],
    commented: [
      'Property name="dataSource">jdbc/WSO2UM_DB</Property',
      '<Property name="dataSource">jdbc/NotThisOne</Property>',
      'UserStoreManager class="org.wso2.carbon.user.core.ldap.ReadWriteLDAPUserStoreManager">',
    ],
  },
  {
    title: 'servlet receivers over two lines, and pass-through nowhere but in a phase',
    path: 'is-5.3.0/repository/conf/axis2/axis2.xml',
    live: [
      '<transportReceiver name="http"\n                       class="org.wso2.carbon.core.transports.http.HttpTransportListener">',
      '<property name="subDomain" value="worker"/>',
    ],
    commented: ['<transportReceiver name="https" class="org.apache.synapse.transport.nhttp.HttpCoreNIOSSLListener">'],
    absent: ['WSDLEPRPrefix', 'PassThroughHttpListener'],
  },
  {
    title: 'a declaration in single quotes with standalone, and live host names',
    path: 'is-5.3.0/repository/conf/carbon.xml',
    live: [
      `<?xml version='1.0' encoding='ISO-8859-1' standalone='no'?>\n`,
      '<HostName>localhost</HostName>',
      '<MgtHostName>localhost</MgtHostName>',
    ],
  },
  {
    title: 'a live secret alias on the password of the carbon datasource',
    path: 'is-5.3.0/repository/conf/datasources/master-datasources.xml',
    live: [
      '<?xml version="1.0" encoding="UTF-8" standalone="no"?><datasources-configuration ',
      '<password svns:secretAlias="Datasources.WSO2_CARBON_DB.Configuration.Password">password</password>',
    ],
  },
  {
    title: 'one handler with LF right after the first dbConfig, CRLF elsewhere',
    path: 'is-5.3.0/repository/conf/registry.xml',
    live: ['</dbConfig>\r\n\r\n   <handler class=', ' </handler>\n\n '],
    commented: ['<password>password</password>\r\n    </remoteInstance'],
  },
  {
    title: 'a live LDAP user store, and a property with the indent of another',
    path: 'is-5.3.0/repository/conf/user-mgt.xml',
    live: [
      '<UserStoreManager class="org.wso2.carbon.user.core.ldap.ReadWriteLDAPUserStoreManager">',
      '\n <Property name="initializeNewClaimManager">true</Property>\n            <Property name="dataSource">',
    ],
    commented: ['UserStoreManager class="org.wso2.carbon.user.core.jdbc.JDBCUserStoreManager">'],
  },
  {
    title: 'a comment on the line of the declaration, the root on its last line, and clustering on one line',
    path: 'ei-6.6.0/conf/axis2/axis2.xml',
    live: [
      '<?xml version="1.0" encoding="ISO-8859-1" standalone="no"?><axisconfig name="AxisJava2.0">',
      '<clustering class="org.wso2.carbon.core.clustering.hazelcast.HazelcastClusteringAgent" enable="false">',
      '<parameter name="clusteringPattern">nonWorkerManager</parameter>',
    ],
    commented: ['property name="port.mapping.8243" value="9444"/>\n', 'property name="subDomain" value="worker"/'],
  },
  {
    title: 'a second ServerURL under another parent',
    path: 'ei-6.6.0/conf/carbon.xml',
    live: ['<ServerURL>local:/${carbon.context}/services/</ServerURL>', '<ServerURL>tcp://localhost:7612</ServerURL>'],
    commented: ['HostName>www.wso2.org</HostName'],
  },
  {
    title: 'a sample datasource on one line',
    path: 'ei-6.6.0/conf/datasources/master-datasources.xml',
    commented: ['datasource><name>SAMPLE_DATA_SOURCE</name><jndiConfig>'],
  },
  {
    title: 'clustering of its own in the broker profile',
    path: 'ei-6.6.0/wso2/broker/conf/axis2/axis2.xml',
    live: ['<parameter name="localMemberPort">4000</parameter>'],
  },
  {
    title: 'user tables without a data source',
    path: 'elb-2.0.4/repository/conf/user-mgt.xml',
    live: ['<Property name="url">jdbc:h2:repository/database/WSO2CARBON_DB;DB_CLOSE_ON_EXIT=FALSE</Property>'],
    absent: ['"dataSource"'],
  },
  {
    title: 'a host name beside its sample, and an old offset above the new one',
    path: 'esb-4.9.0-clustered/repository/conf/carbon.xml',
    live: ['\n\t<HostName>esb.example.org</HostName>', '<Offset>2</Offset>', '<Name>ESB worker 2</Name>'],
    commented: ['HostName>www.wso2.org</HostName', 'Offset>0</Offset'],
  },
  {
    title: 'two members, one of them indented with tabs, live prefixes, and CRLF',
    path: 'esb-4.9.0-clustered/repository/conf/axis2/axis2.xml',
    live: [
      'Agent"\r\n                enable="true">',
      '<hostName>192.0.2.30</hostName>',
      '\r\n\t    <member>\r\n\t\t<hostName>192.0.2.31</hostName>\r\n\t\t<port>4100</port>\r\n\t    </member>',
      '<parameter name="WSDLEPRPrefix" locked="false">http://esb.example.org:80</parameter>',
      '\r\n\t<parameter name="WSDLEPRPrefix" locked="false">https://esb.example.org:443</parameter>',
      '\r\n\t    <property name="subDomain" value="worker"/>',
    ],
    commented: [
      'parameter name="WSDLEPRPrefix" locked="false">https://old.example.org:8243</parameter',
      'subDomain" value="mgt"',
    ],
  },
  {
    title: 'the usual names of datasources under other JNDI names',
    path: 'esb-4.9.0-clustered/repository/conf/datasources/master-datasources.xml',
    live: [
      '<name>WSO2_USER_DB</name>',
      '<name>jdbc/WSO2UserDB</name>',
      '<name>jdbc/WSO2GovDB</name>',
      '?autoReconnect=true&amp;useSSL=false</url>',
    ],
    absent: ['jdbc/WSO2UMDB', 'jdbc/WSO2RegistryDB', '&amp;amp;'],
  },
  {
    title: 'live mounts that overlay, unindented at the end, on an instance of another name',
    path: 'esb-4.9.0-clustered/repository/conf/registry.xml',
    live: [
      '\n<dbConfig name="govregistry">',
      '<id>gov</id>',
      '\n<mount path="/_system/config" overwrite="virtual">\n\t<instanceId>gov</instanceId>',
      '<mount path="/_system/governance" overwrite="virtual">',
    ],
    commented: ['<id>instanceid</id>', 'mount path="/_system/config" overwrite="true|false|virtual">'],
  },
  {
    title: 'a member of a cluster already: users and registry in datasources that its pages name',
    path: 'am-2.1.0/repository/conf/datasources/master-datasources.xml',
    live: [
      '<name>jdbc/WSO2UM_DB</name>',
      '<name>jdbc/WSO2REG_DB</name>',
      '<url>jdbc:h2:repository/database/WSO2AM_DB;DB_CLOSE_ON_EXIT=FALSE</url>',
      'com.mysql.cj.jdbc.Driver',
    ],
  },
  {
    title: 'a live mount of governance only, on an instance whose cacheId stands second',
    path: 'am-2.1.0/repository/conf/registry.xml',
    live: ['<id>gov</id>\n        <cacheId>reguser@', '<mount path="/_system/governance" overwrite="true">'],
    commented: ['mount path="/_system/config" overwrite="true|false|virtual">'],
    absent: ['asNodes'],
  },
  {
    title: 'an aliased password in the deployment synchronizer',
    path: 'am-2.1.0/repository/conf/carbon.xml',
    live: ['<SvnPassword svns:secretAlias="Carbon.DeploymentSynchronizer.SvnPassword"'],
    commented: ['<DeploymentSynchronizer>\n        <Enabled>true</Enabled>'],
  },
  {
    title: 'two deployment synchronizers in half-open comments, and CRLF',
    path: 'as-5.0.2/repository/conf/carbon.xml',
    commented: [
      'DeploymentSynchronizer>\r\n        <Enabled>true</Enabled>',
      '<RepositoryType>svn</RepositoryType>',
      '<RepositoryType>registry</RepositoryType>',
    ],
  },
  {
    title: 'a connection of its own for the local registry',
    path: 'as-5.0.2/repository/conf/registry.xml',
    live: ['<dbConfig name="wso2registry">\n        <url>jdbc:h2:'],
    absent: ['<dataSource>'],
  },
  {
    title: 'users in a datasource that is neither the local one nor named by any guide',
    path: 'ei-6.6.0/wso2/broker/conf/user-mgt.xml',
    live: ['<Property name="dataSource">jdbc/SHARED_DB</Property>'],
  },
  {
    title: 'the shared datasources in a file of their own, with tabs and CRLF',
    path: 'greg-5.3.0/repository/conf/datasources/shared-datasources.xml',
    live: ['\r\n\t\t\t\t<name>jdbc/GregUsers</name>', '<name>jdbc/GregMount</name>'],
  },
  {
    title: 'a live mount of config only',
    path: 'greg-5.3.0/repository/conf/registry.xml',
    live: ['<dataSource>jdbc/GregMount</dataSource>', '<mount path="/_system/config" overwrite="virtual">'],
    absent: ['<mount path="/_system/governance"'],
  },
  {
    title: 'the settings that a start would write into the XML files',
    path: 'am-3.0.0-toml/repository/conf/deployment.toml',
    live: ['[server]\n'],
  },
];

/** The same traps in the axis2.xml of both load balancers, told by their clustering class. */
const balancers = [
  ['elb-2.0.4', 'org.apache.axis2.clustering.tribes.TribesClusteringAgent'],
  ['elb-2.1.0', 'org.wso2.carbon.core.clustering.hazelcast.HazelcastClusteringAgent'],
] as const;

describe('the fixture homes', () => {
  test('are described by the table, file for file', () => {
    expect(filesBelow(homes)).toEqual(files.map(([path]) => path).sort());
  });

  test.each(files)('%s: %s', (path, bytes) => {
    expect(describeBytes(read(path))).toBe(bytes);
  });

  test.each(files.map(([path]) => path).filter((path) => path.endsWith('.xml') && path !== malformed))(
    '%s is well-formed',
    (path) => {
      expect(() => parse(read(path))).not.toThrow();
    },
  );

  test('bad-missing has a malformed user-mgt.xml and no registry.xml', () => {
    expect(() => parse(read(malformed))).toThrow();
    expect(existsSync(join(homes, 'bad-missing/repository/conf/registry.xml'))).toBe(false);
  });

  test.each(traps)('$path has $title', ({ path, live = [], commented = [], absent = [] }) => {
    const text = read(path);
    const comments = commentsOf(text);
    expect(live.filter((wanted) => !withoutComments(text).includes(wanted))).toEqual([]);
    expect(commented.filter((wanted) => !comments.some((comment) => comment.includes(wanted)))).toEqual([]);
    expect(absent.filter((unwanted) => text.includes(unwanted))).toEqual([]);
  });

  test('name each setting that a comment repeats only once outside comments', () => {
    const esb = withoutComments(read('esb-4.7.0/repository/conf/axis2/axis2.xml'));
    expect(esb.match(/<transportReceiver name="https?"/g)).toHaveLength(2);
    expect(esb).not.toContain('WSDLEPRPrefix');
    expect(withoutComments(read('esb-5.0.0/repository/conf/axis2/axis2.xml'))).not.toContain('subDomain" value');
    expect(withoutComments(read('esb-4.7.0/repository/conf/carbon.xml'))).not.toContain('DeploymentSynchronizer');
  });
});

describe.each(balancers)('the load balancer %s', (home, agent) => {
  const text = read(`${home}/repository/conf/axis2/axis2.xml`);
  const live = withoutComments(text);

  test('is clustered already, without members or properties', () => {
    expect(live).toContain(`<clustering class="${agent}" enable="true">`);
    expect(live).toContain('<parameter name="domain">wso2.carbon.lb.domain</parameter>');
    expect(live).not.toMatch(/<members|"properties"|localMemberHost|groupManagement/);
    expect(commentsOf(text)).toContain('parameter name="localMemberHost">127.0.0.1</parameter');
  });

  test('listens at 8280 and 8243, with the same ports in commented NIO receivers', () => {
    expect(live.match(/<parameter name="port".*/g)).toEqual([
      '<parameter name="port">8280</parameter>',
      '<parameter name="port" locked="false">8243</parameter>',
    ]);
    expect(live).toContain('<parameter name="non-blocking"> true</parameter>');
    expect(
      commentsOf(text).filter((comment) => /HttpCoreNIO(SSL)?Listener">\n.*name="port"/.test(comment)),
    ).toHaveLength(2);
  });

  test('has a loadbalancer.conf whose braces stand where the balancer looks for them', () => {
    expect(braceProblems(read(`${home}/repository/conf/loadbalancer.conf`))).toEqual([]);
  });
});

test('loadbalancer.conf tells sub-domains by a property in 2.0.4 and by blocks in 2.1.0', () => {
  const early = read('elb-2.0.4/repository/conf/loadbalancer.conf');
  const late = read('elb-2.1.0/repository/conf/loadbalancer.conf');
  expect(early).toMatch(/\n +sub_domain worker;/);
  expect(early).not.toMatch(/group_mgt_port|\n\s*(mgt|worker) \{/);
  expect(late).toMatch(/\n +group_mgt_port +4500;\n +mgt \{\n/);
  expect(late).not.toContain('sub_domain ');
});

// Real homes lie beside the project on some machines only; where they are, none of their comments may have come along.
for (const corpus of existsSync(realHomes) ? [realHomes] : []) {
  test('no comment of a real file is in a fixture', () => {
    const real = new Set(
      filesBelow(corpus)
        .filter((path) => path.endsWith('.xml'))
        .flatMap((path) => commentsOf(readFileSync(join(corpus, path), 'utf8')))
        .map(foldBlanks)
        .filter((comment) => comment.length > 60),
    );
    const ours = filesBelow(homes)
      .filter((path) => path.endsWith('.xml'))
      .flatMap((path) => commentsOf(read(path)))
      .map(foldBlanks);
    expect(real.size).toBeGreaterThan(0);
    expect(ours.filter((comment) => [...real].some((other) => comment.includes(other)))).toEqual([]);
  });
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

function read(path: string): string {
  return readFileSync(join(homes, path), 'utf8');
}

function describeBytes(text: string): string {
  const pairs = text.split('\r\n').length - 1;
  const singles = text.split('\n').length - 1 - pairs;
  const lineEnds = pairs === 0 ? 'LF' : singles === 0 ? 'CRLF' : 'mixed';
  const encoding = /^<\?xml [^>]*encoding=["']([^"']+)/.exec(text)?.[1] ?? 'no declaration';
  return `${lineEnds}, ${encoding}, ${text.endsWith('\n') ? 'final newline' : 'no final newline'}`;
}

function parse(text: string): void {
  new DOMParser({
    onError: (level, message) => {
      throw new Error(`${level}: ${message}`);
    },
  }).parseFromString(text, 'text/xml');
}

function commentsOf(text: string): string[] {
  return [...text.matchAll(/<!--([\s\S]*?)-->/g)].map(([, comment = '']) => comment);
}

function withoutComments(text: string): string {
  return text.replace(/<!--[\s\S]*?-->/g, '');
}

function foldBlanks(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The lines at which a closing brace shares its line or has no partner: the balancer's own parser stumbles there. */
function braceProblems(text: string): string[] {
  let depth = 0;
  const problems = text.split('\n').filter((line) => {
    const isComment = line.trim().startsWith('#');
    depth += (line.includes('{') ? 1 : 0) - (line.includes('}') ? 1 : 0);
    return depth < 0 || (!isComment && line.includes('}') && line.trim() !== '}');
  });
  return depth === 0 ? problems : [...problems, `${depth.toString()} left open`];
}
