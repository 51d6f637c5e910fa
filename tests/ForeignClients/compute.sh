# shellcheck shell=bash
# Compute Engine with gcloud: read by run.sh, which has the emulator running and defines check and post.
zone='--zone=europe-west1-b'
in_gcloud() { check "gcloud: compute $1" "$2" gcloud compute "${@:3}"; }
image='--image-family=debian-12 --image-project=debian-cloud --machine-type=e2-small'

# Life cycle and setters. $image is several words.
# shellcheck disable=SC2086
in_gcloud 'instances create' '^web1 +europe-west1-b +e2-small .* RUNNING$' instances create web1 $zone $image --metadata=a=b --labels=env=x --tags=t1
# shellcheck disable=SC2086
in_gcloud 'instances create, there already' "The resource 'projects/demo-project/zones/europe-west1-b/instances/web1' already exists" instances create web1 $zone $image
in_gcloud 'instances create, no such image' 'The referenced image resource cannot be found' instances create web2 $zone --image-family=no-such --image-project=debian-cloud
in_gcloud 'instances add-metadata' '^Updated ' instances add-metadata web1 $zone --metadata=c=d
in_gcloud 'instances add-labels' 'done\.' instances add-labels web1 $zone --labels=tier=front
in_gcloud 'instances add-tags' '^Updated ' instances add-tags web1 $zone --tags=t2
in_gcloud 'what was set is there' '^front t1;t2$' instances describe web1 $zone --format='value[separator=" "](labels.tier,tags.items)'
in_gcloud 'instances set-service-account, running' 'The instance must be stopped before the service account can be changed' \
  instances set-service-account web1 $zone --service-account=robot@demo-project.iam.gserviceaccount.com --scopes=cloud-platform
in_gcloud 'instances set-machine-type, running' 'Instance should be in the STOPPED state' instances set-machine-type web1 $zone --machine-type=e2-standard-4
in_gcloud 'instances stop' 'done\.' instances stop web1 $zone
in_gcloud 'instances set-service-account' '^Updated ' \
  instances set-service-account web1 $zone --service-account=robot@demo-project.iam.gserviceaccount.com --scopes=cloud-platform
post access '{"denyActAs":"other@demo-project.iam.gserviceaccount.com"}'
in_gcloud 'instances set-service-account, no actAs' "does not have access to service account 'other@" \
  instances set-service-account web1 $zone --service-account=other@demo-project.iam.gserviceaccount.com --scopes=cloud-platform
in_gcloud 'instances set-machine-type' '^Updated ' instances set-machine-type web1 $zone --machine-type=e2-standard-4
in_gcloud 'instances start' 'Instance internal IP is ' instances start web1 $zone
in_gcloud 'instances suspend' 'done\.' instances suspend web1 $zone
in_gcloud 'instances resume' 'done\.' instances resume web1 $zone
in_gcloud 'instances reset' '^Updated ' instances reset web1 $zone
in_gcloud 'account, machine type and state are what was set' '^robot@demo-project.iam.gserviceaccount.com e2-standard-4 RUNNING$' \
  instances describe web1 $zone --format='value[separator=" "](serviceAccounts[0].email,machineType.basename(),status)'
in_gcloud 'instances get-serial-port-output' 'web1 login: ' instances get-serial-port-output web1 $zone
in_gcloud 'instances update --deletion-protection' 'done\.' instances update web1 $zone --deletion-protection
in_gcloud 'instances delete, protected' "Resource cannot be deleted if it's protected against deletion" instances delete web1 $zone
in_gcloud 'instances update --no-deletion-protection' 'done\.' instances update web1 $zone --no-deletion-protection
in_gcloud 'instances delete' '^Deleted ' instances delete web1 $zone
# shellcheck disable=SC2086
in_gcloud 'instances bulk create' 'VM instances created: 3, failed: 0' instances bulk create --name-pattern='b-##' --count=3 $zone $image
in_gcloud 'instances stop, three in one batch' 'done\.' instances stop b-01 b-02 b-03 $zone
post operations/plan '{"type":"start","target":"b-02","error":{"code":"ZONE_RESOURCE_POOL_EXHAUSTED"},"times":1}'
in_gcloud 'instances start, an operation that fails' 'ZONE_RESOURCE_POOL_EXHAUSTED' instances start b-02 $zone
in_gcloud 'a start that failed leaves it as it was' '^TERMINATED$' instances describe b-02 $zone --format='value(status)'
post instances '{"zone":"europe-west1-b","name":"ssd","localSsd":true}'
in_gcloud 'instances stop, local SSD' 'undefined value for .discard-local-ssd' instances stop ssd $zone
in_gcloud 'instances stop --discard-local-ssd' 'done\.' instances stop ssd $zone --discard-local-ssd=true
post instances '{"zone":"europe-west1-b","name":"win1","windows":true,"externalIP":"203.0.113.9"}'
in_gcloud 'reset-windows-password' '^password: +Emu[0-9a-f]{8}-Z!$' reset-windows-password win1 $zone --user=joe
in_gcloud 'instances add-iam-policy-binding with a condition' 'title: x' \
  instances add-iam-policy-binding demo-vm $zone --member=user:a@b.example --role=roles/compute.viewer '--condition=expression=true,title=x'
in_gcloud 'instances remove-iam-policy-binding' '^etag: ' \
  instances remove-iam-policy-binding demo-vm $zone --member=user:a@b.example --role=roles/compute.viewer '--condition=expression=true,title=x'

# Operations
post operations '{"durationMs":2500}'
in_gcloud 'instances start --async' 'Start instance in progress' instances start b-01 $zone --async
in_gcloud 'operations list, filtered' '^start demo-project' operations list --filter='operationType=start AND status!=DONE' --format='value[separator=" "](operationType,targetLink.segment(6))'
operation=$(gcloud compute operations list --filter='operationType=start AND targetLink~b-01' --format='value(name)' 2> /dev/null | tail -n 1)
check 'curl: operations.wait returns when it is done' '"status": "DONE"' \
  curl -s -X POST -H "Authorization: Bearer $(gcloud auth print-access-token)" "$api/compute/v1/projects/demo-project/zones/europe-west1-b/operations/$operation/wait"
in_gcloud 'operations describe' '^DONE 100$' operations describe "$operation" $zone --format='value[separator=" "](status,progress)'
post operations '{"durationMs":20}'

# Around instances
in_gcloud 'disks create' '^d1 +europe-west1-b +20 ' disks create d1 $zone --size=20
in_gcloud 'disks resize' '^sizeGb: .30.$' disks resize d1 $zone --size=30
in_gcloud 'instances attach-disk' '^Updated ' instances attach-disk demo-vm --disk=d1 $zone
in_gcloud 'disks delete, in use' 'is already being used by' disks delete d1 $zone
in_gcloud 'instances detach-disk' '^Updated ' instances detach-disk demo-vm --disk=d1 $zone
in_gcloud 'disks snapshot' 'done\.' disks snapshot d1 $zone --snapshot-names=s1
in_gcloud 'snapshots list' '^s1 +30 +europe-west1-b/disks/d1 +READY$' snapshots list
in_gcloud 'snapshots delete' '^Deleted ' snapshots delete s1
in_gcloud 'disks delete' '^Deleted ' disks delete d1 $zone
in_gcloud 'images list' '^windows-server-2022-dc-v[0-9]+ +windows-cloud +windows-2022 ' images list --project=windows-cloud --no-standard-images
in_gcloud 'images describe-from-family' '^debian-12-bookworm-v20250610$' images describe-from-family debian-12 --project=debian-cloud --format='value(name)'
in_gcloud 'networks list' '^default +AUTO' networks list
in_gcloud 'firewall-rules list' '^default-allow-ssh +default +INGRESS +65534 +tcp:22' firewall-rules list
in_gcloud 'machine-types list' '^e2-medium +europe-west1-b +2 +4\.00' machine-types list --zones=europe-west1-b
in_gcloud 'project-info add-metadata' '^Updated ' project-info add-metadata --metadata=x=y
post groups '{"scope":"zones/europe-west1-b","name":"web","size":2}'
post groups '{"scope":"regions/europe-west1","name":"rweb","size":3}'
post groups/error '{"scope":"zones/europe-west1-b","name":"web","member":"web-zzzz","code":"QUOTA_EXCEEDED","message":"no more"}'
in_gcloud 'instance-groups managed list' '^rweb +europe-west1 +region ' instance-groups managed list
in_gcloud 'instance-groups managed list-instances, with an error' 'QUOTA_EXCEEDED: no more' instance-groups managed list-instances web $zone
in_gcloud 'instance-groups managed list-instances, regional' '^rweb-[0-9a-f]{4} +europe-west1-c +RUNNING' instance-groups managed list-instances rweb --region=europe-west1
in_gcloud 'instance-groups managed resize' '^targetSize: 4$' instance-groups managed resize web --size=4 $zone
in_gcloud 'instance-groups list-instances' '^web-[0-9a-f]{4} +europe-west1-b +RUNNING$' instance-groups list-instances web $zone
in_gcloud 'instance-templates create' '^Created ' instance-templates create t1 --machine-type=e2-small --image-family=debian-12 --image-project=debian-cloud
in_gcloud 'instances create from a template' '^from-t .* RUNNING$' instances create from-t $zone --source-instance-template=t1
in_gcloud 'instances create, everything else' '^big .* true .* RUNNING$' instances create big $zone --machine-type=n2-standard-4 \
  --image-family=windows-2022 --image-project=windows-cloud --provisioning-model=SPOT --shielded-secure-boot --no-address --local-ssd=interface=NVME \
  --create-disk=name=data1,size=50,auto-delete=yes --service-account=robot@demo-project.iam.gserviceaccount.com --scopes=storage-ro
in_gcloud 'images create of a disk' '^img1 +demo-project +READY$' images create img1 --source-disk=from-t --source-disk-zone=europe-west1-b
in_gcloud 'instances create of an own image' '^from-img .* RUNNING$' instances create from-img $zone --image=img1
in_gcloud 'instance-groups managed create' '^g1 +europe-west1-b ' instance-groups managed create g1 --template=t1 --size=2 $zone
member=$(gcloud compute instance-groups managed list-instances g1 $zone --format='value(name)' 2> /dev/null | head -n 1)
in_gcloud 'instance-groups managed recreate-instances' 'SUCCESS$' instance-groups managed recreate-instances g1 --instances="$member" $zone
in_gcloud 'instance-groups managed delete' 'done\.' instance-groups managed delete g1 $zone
in_gcloud 'addresses create' '^Created ' addresses create a1 --region=europe-west1
in_gcloud 'addresses list' '^a1 +192\.0\.2\.[0-9]+ +EXTERNAL .* RESERVED$' addresses list
post limits '{"requestsPerMinute":0}'
in_gcloud 'a rate limit' "Quota exceeded for quota metric|rateLimitExceeded" zones describe europe-west1-b
post limits '{"requestsPerMinute":null}'
