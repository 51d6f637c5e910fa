namespace GcpEmulator.Json;

/// <summary>
/// The members that the answers have, written as a fields expression: the discovery documents of Storage v1 and Compute v1 (names
/// of the schemas, to the depth that matters here). A selection outside of them is an error, as it is for the real services.
/// </summary>
internal static class FieldSchemas
{
    private const string BucketText =
        "acl,autoclass,billing,cors,customPlacementConfig,defaultEventBasedHold,defaultObjectAcl,encryption,etag,generation,hardDeleteTime,"
        + "hierarchicalNamespace,iamConfiguration(bucketPolicyOnly,publicAccessPrevention,uniformBucketLevelAccess(enabled,lockedTime)),id,ipFilter,kind,"
        + "labels,lifecycle,location,locationType,logging,metageneration,name,objectRetention,owner,projectNumber,retentionPolicy,rpo,satisfiesPZI,"
        + "satisfiesPZS,selfLink,softDeletePolicy(effectiveTime,retentionDurationSeconds),softDeleteTime,storageClass,timeCreated,updated,"
        + "versioning(enabled),website";

    private const string ObjectText =
        "acl,bucket,cacheControl,componentCount,contentDisposition,contentEncoding,contentLanguage,contentType,contexts,crc32c,customTime,"
        + "customerEncryption,etag,eventBasedHold,generation,hardDeleteTime,id,kind,kmsKeyName,md5Hash,mediaLink,metadata,metageneration,name,owner,"
        + "restoreToken,retention,retentionExpirationTime,selfLink,size,softDeleteTime,storageClass,temporaryHold,timeCreated,timeDeleted,timeFinalized,"
        + "timeStorageClassUpdated,updated";

    private const string WarningText = "warning(code,message,data(key,value))";

    private const string InstanceText =
        "advancedMachineFeatures,canIpForward,confidentialInstanceConfig,cpuPlatform,creationTimestamp,deletionProtection,description,"
        + "disks(architecture,autoDelete,boot,deviceName,diskEncryptionKey,diskSizeGb,forceAttach,guestOsFeatures,index,initializeParams,interface,kind,"
        + "licenses,locked,mode,savedState,shieldedInstanceInitialState,source,type),displayDevice,fingerprint,guestAccelerators,hostname,id,"
        + "instanceEncryptionKey,keyRevocationActionType,kind,labelFingerprint,labels,lastStartTimestamp,lastStopTimestamp,lastSuspendedTimestamp,"
        + "machineType,metadata(fingerprint,items(key,value),kind),minCpuPlatform,name,networkInterfaces(accessConfigs,aliasIpRanges,fingerprint,"
        + "internalIpv6PrefixLength,ipv6AccessConfigs,ipv6AccessType,ipv6Address,kind,name,network,networkAttachment,networkIP,nicType,queueCount,"
        + "stackType,subnetwork),networkPerformanceConfig,params,privateIpv6GoogleAccess,reservationAffinity,resourcePolicies,resourceStatus,"
        + "satisfiesPzi,satisfiesPzs,scheduling(automaticRestart,availabilityDomain,hostErrorTimeoutSeconds,instanceTerminationAction,"
        + "localSsdRecoveryTimeout,locationHint,maxRunDuration,minNodeCpus,nodeAffinities,onHostMaintenance,onInstanceStopAction,preemptible,"
        + "provisioningModel,terminationTime),selfLink,serviceAccounts(email,scopes),shieldedInstanceConfig,shieldedInstanceIntegrityPolicy,"
        + "sourceMachineImage,sourceMachineImageEncryptionKey,startRestricted,status,statusMessage,tags(fingerprint,items),zone";

    public static readonly FieldSelection Bucket = Read(BucketText);

    public static readonly FieldSelection Buckets = Read($"kind,nextPageToken,unreachable,items({BucketText})");

    public static readonly FieldSelection Object = Read(ObjectText);

    public static readonly FieldSelection Objects = Read($"kind,nextPageToken,prefixes,items({ObjectText})");

    public static readonly FieldSelection Rewrite = Read($"done,kind,objectSize,resource({ObjectText}),rewriteToken,totalBytesRewritten");

    public static readonly FieldSelection Instance = Read(InstanceText);

    public static readonly FieldSelection Instances = Read($"id,kind,nextPageToken,selfLink,{WarningText},items({InstanceText})");

    public static readonly FieldSelection AggregatedInstances =
        Read($"id,kind,nextPageToken,selfLink,unreachables,{WarningText},items/*({WarningText},instances({InstanceText}))");

    /// <summary>Nothing is checked: for resources that the emulator only shows in outline.</summary>
    public static FieldSelection? Unchecked => null;

    private static FieldSelection Read(string text) => FieldSelection.Parse(text) ?? throw new InvalidOperationException(text);
}
