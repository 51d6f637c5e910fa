namespace GcpEmulator.Json;

/// <summary>The members of the resources of Compute Engine: the schemas of the discovery document of Compute v1, first level.</summary>
internal static class ComputeFields
{
    private static readonly Dictionary<string, string> Members = new(StringComparer.Ordinal)
    {
        ["disks"] =
            "accessMode,architecture,asyncPrimaryDisk,asyncSecondaryDisks,creationTimestamp,description,diskEncryptionKey,"
            + "enableConfidentialCompute,guestOsFeatures,id,kind,labelFingerprint,labels,lastAttachTimestamp,"
            + "lastDetachTimestamp,licenseCodes,licenses,locationHint,name,options,params,physicalBlockSizeBytes,"
            + "provisionedIops,provisionedThroughput,region,replicaZones,resourcePolicies,resourceStatus,satisfiesPzi,"
            + "satisfiesPzs,selfLink,sizeGb,sourceConsistencyGroupPolicy,sourceConsistencyGroupPolicyId,sourceDisk,"
            + "sourceDiskId,sourceImage,sourceImageEncryptionKey,sourceImageId,sourceInstantSnapshot,sourceInstantSnapshotId,"
            + "sourceSnapshot,sourceSnapshotEncryptionKey,sourceSnapshotId,sourceStorageObject,status,storagePool,type,users,"
            + "zone",
        ["snapshots"] =
            "architecture,autoCreated,chainName,creationSizeBytes,creationTimestamp,description,diskSizeGb,downloadBytes,"
            + "enableConfidentialCompute,guestFlush,guestOsFeatures,id,kind,labelFingerprint,labels,licenseCodes,licenses,"
            + "locationHint,name,satisfiesPzi,satisfiesPzs,selfLink,snapshotEncryptionKey,snapshotType,sourceDisk,"
            + "sourceDiskEncryptionKey,sourceDiskForRecoveryCheckpoint,sourceDiskId,sourceInstantSnapshot,"
            + "sourceInstantSnapshotEncryptionKey,sourceInstantSnapshotId,sourceSnapshotSchedulePolicy,"
            + "sourceSnapshotSchedulePolicyId,status,storageBytes,storageBytesStatus,storageLocations",
        ["images"] =
            "architecture,archiveSizeBytes,creationTimestamp,deprecated,description,diskSizeGb,enableConfidentialCompute,"
            + "family,guestOsFeatures,id,imageEncryptionKey,kind,labelFingerprint,labels,licenseCodes,licenses,name,rawDisk,"
            + "satisfiesPzi,satisfiesPzs,selfLink,shieldedInstanceInitialState,sourceDisk,sourceDiskEncryptionKey,"
            + "sourceDiskId,sourceImage,sourceImageEncryptionKey,sourceImageId,sourceSnapshot,sourceSnapshotEncryptionKey,"
            + "sourceSnapshotId,sourceType,status,storageLocations",
        ["networks"] =
            "IPv4Range,autoCreateSubnetworks,creationTimestamp,description,enableUlaInternalIpv6,firewallPolicy,gatewayIPv4,"
            + "id,internalIpv6Range,kind,mtu,name,networkFirewallPolicyEnforcementOrder,networkProfile,params,peerings,"
            + "routingConfig,selfLink,selfLinkWithId,subnetworks",
        ["subnetworks"] =
            "creationTimestamp,description,enableFlowLogs,externalIpv6Prefix,fingerprint,gatewayAddress,id,"
            + "internalIpv6Prefix,ipCidrRange,ipCollection,ipv6AccessType,ipv6CidrRange,ipv6GceEndpoint,kind,logConfig,name,"
            + "network,params,privateIpGoogleAccess,privateIpv6GoogleAccess,purpose,region,reservedInternalRange,role,"
            + "secondaryIpRanges,selfLink,stackType,state,systemReservedExternalIpv6Ranges,systemReservedInternalIpv6Ranges",
        ["firewalls"] =
            "allowed,creationTimestamp,denied,description,destinationRanges,direction,disabled,id,kind,logConfig,name,"
            + "network,params,priority,selfLink,sourceRanges,sourceServiceAccounts,sourceTags,targetServiceAccounts,"
            + "targetTags",
        ["addresses"] =
            "address,addressType,creationTimestamp,description,id,ipVersion,ipv6EndpointType,kind,labelFingerprint,labels,"
            + "name,network,networkTier,prefixLength,purpose,region,selfLink,status,subnetwork,users",
        ["instanceTemplates"] =
            "creationTimestamp,description,id,kind,name,properties,region,selfLink,sourceInstance,sourceInstanceParams",
        ["instanceGroups"] =
            "creationTimestamp,description,fingerprint,id,kind,name,namedPorts,network,region,selfLink,size,subnetwork,zone",
        ["instanceGroupManagers"] =
            "allInstancesConfig,autoHealingPolicies,baseInstanceName,creationTimestamp,currentActions,description,"
            + "distributionPolicy,fingerprint,id,instanceFlexibilityPolicy,instanceGroup,instanceLifecyclePolicy,"
            + "instanceTemplate,kind,listManagedInstancesResults,name,namedPorts,region,resourcePolicies,satisfiesPzi,"
            + "satisfiesPzs,selfLink,standbyPolicy,statefulPolicy,status,targetPools,targetSize,targetStoppedSize,"
            + "targetSuspendedSize,updatePolicy,versions,zone",
        ["autoscalers"] =
            "autoscalingPolicy,creationTimestamp,description,id,kind,name,recommendedSize,region,scalingScheduleStatus,selfLink,status,statusDetails,target,zone",
        ["machineTypes"] =
            "accelerators,architecture,creationTimestamp,deprecated,description,guestCpus,id,imageSpaceGb,isSharedCpu,kind,"
            + "maximumPersistentDisks,maximumPersistentDisksSizeGb,memoryMb,name,selfLink,zone",
        ["zones"] =
            "availableCpuPlatforms,creationTimestamp,deprecated,description,id,kind,name,region,selfLink,status,supportsPzs",
        ["regions"] =
            "creationTimestamp,deprecated,description,id,kind,name,quotaStatusWarning,quotas,selfLink,status,supportsPzs,"
            + "zones",
        ["projects"] =
            "cloudArmorTier,commonInstanceMetadata,creationTimestamp,defaultNetworkTier,defaultServiceAccount,description,"
            + "enabledFeatures,id,kind,name,quotas,selfLink,usageExportLocation,vmDnsSetting,xpnProjectStatus",
        ["managedInstances"] =
            "currentAction,id,instance,instanceHealth,instanceStatus,lastAttempt,name,preservedStateFromConfig,"
            + "preservedStateFromPolicy,propertiesFromFlexibilityPolicy,version",
    };

    private const string Warning = "warning(code,message,data(key,value))";

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, FieldSelection> Made = new(StringComparer.Ordinal);

    public static FieldSelection Of(string collection) => Make(Members[collection]);

    public static FieldSelection ListOf(string collection, string member = "items") =>
        Make($"id,kind,nextPageToken,selfLink,{Warning},{member}({Members[collection]})");

    public static FieldSelection AggregatedOf(string collection) =>
        Make($"id,kind,nextPageToken,selfLink,unreachables,{Warning},items/*({Warning},{collection}({Members[collection]}))");

    private static FieldSelection Make(string text) =>
        Made.GetOrAdd(text, static t => FieldSelection.Parse(t) ?? throw new InvalidOperationException(t));
}
