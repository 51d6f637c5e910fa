# Objects and buckets with gcloud storage and rclone; sourced by run.sh, which has the functions, the emulator and the environment.
head -c 300 /dev/urandom > "$work/small"
head -c 25000001 /dev/urandom > "$work/large"
mkdir -p "$work/tree/sub"
for i in 1 2 3 4 5; do printf 'file %s' "$i" > "$work/tree/sub/$i.txt"; done
printf top > "$work/tree/top.txt"
gs='gs://foreign-bucket'

if command -v gcloud > /dev/null; then
  check 'gcloud: buckets create' 'done' sh -c "gcloud storage buckets create $gs --location=EU --uniform-bucket-level-access && echo done"
  check 'gcloud: buckets create, once more' '409' gcloud storage buckets create $gs --location=EU
  check 'gcloud: buckets update' 'done' sh -c "gcloud storage buckets update $gs --versioning --update-labels=env=test && echo done"
  check 'gcloud: buckets describe' 'versioning_enabled: true' gcloud storage buckets describe $gs
  check 'gcloud: cp, small' 'done' sh -c "gcloud storage cp '$work/small' $gs/small && echo done"
  check 'gcloud: cp, large and resumable' 'done' env CLOUDSDK_STORAGE_RESUMABLE_THRESHOLD=1000000 sh -c "gcloud storage cp '$work/large' $gs/large && echo done"
  check 'gcloud: cp, large, down' 'same' sh -c "gcloud storage cp $gs/large '$work/large.down' && cmp '$work/large' '$work/large.down' && echo same"
  check 'gcloud: cp, parallel composite upload' 'done' env CLOUDSDK_STORAGE_PARALLEL_COMPOSITE_UPLOAD_ENABLED=True CLOUDSDK_STORAGE_PARALLEL_COMPOSITE_UPLOAD_THRESHOLD=5M \
    CLOUDSDK_STORAGE_PARALLEL_COMPOSITE_UPLOAD_COMPONENT_SIZE=5M sh -c "gcloud storage cp '$work/large' $gs/composite && echo done"
  post faults '{"pathPattern":"*/upload/*","method":"PUT","status":503,"times":1}'
  check 'gcloud: cp, resumable with a 503 in it' 'done' env CLOUDSDK_STORAGE_RESUMABLE_THRESHOLD=1000000 sh -c "gcloud storage cp '$work/large' $gs/large2 && echo done"
  check 'gcloud: hash of what was uploaded' "$(openssl dgst -md5 -binary "$work/large" | base64 | tr '+' '.')" gcloud storage objects describe $gs/large2 --format='value(md5_hash)'
  check 'gcloud: ls -l' ' 25000001 .*foreign-bucket/large' gcloud storage ls -l "$gs/**"
  check 'gcloud: rsync, up' 'done' sh -c "gcloud storage rsync -r '$work/tree' $gs/tree && echo done"
  check 'gcloud: rsync, again' 'done' sh -c "gcloud storage rsync -r '$work/tree' $gs/tree && echo done"
  check 'gcloud: ls with a delimiter' "^$gs/tree/sub/\$" gcloud storage ls $gs/tree/
  check 'gcloud: cp in the cloud' 'done' sh -c "gcloud storage cp $gs/large $gs/copy && echo done"
  check 'gcloud: mv' 'done' sh -c "gcloud storage mv $gs/copy $gs/moved && echo done"
  check 'gcloud: objects compose' 'done' sh -c "gcloud storage objects compose $gs/small $gs/tree/top.txt $gs/joined && echo done"
  check 'gcloud: objects update' 'origin: gcloud' sh -c "gcloud storage objects update $gs/small --update-custom-metadata=origin=gcloud && gcloud storage objects describe $gs/small"
  check 'gcloud: buckets add-iam-policy-binding' 'user:a@example.com' gcloud storage buckets add-iam-policy-binding $gs --member=user:a@example.com --role=roles/storage.objectViewer
  check 'gcloud: cat with a range' '^le' gcloud storage cat -r 2-3 $gs/tree/sub/1.txt
  check 'gcloud: rm -r of everything, the bucket too' 'done' sh -c "gcloud storage rm -r $gs && echo done"
  check 'gcloud: the bucket is gone' '404|not found' gcloud storage buckets describe $gs
else
  skip 'gcloud storage: gcloud is not installed'
fi

if command -v rclone > /dev/null; then
  post options '{"anonymousStorage":true}'
  clone() { timeout 60 rclone --config /dev/null --gcs-anonymous --gcs-endpoint "$api" --gcs-project-number 123456789012 --gcs-bucket-policy-only --retries 1 "$@"; }
  export -f clone
  export api work
  check 'rclone: mkdir' 'done' bash -c 'curl -s -X POST "$api/storage/v1/b?project=demo-project" -d "{\"name\":\"rclone-bucket\"}" && echo done'
  check 'rclone: copy, up' 'done' bash -c 'clone copy "$work/tree" :gcs:rclone-bucket/tree && echo done'
  check 'rclone: copy, large, up and down' 'same' bash -c 'clone copyto "$work/large" :gcs:rclone-bucket/large && clone copyto :gcs:rclone-bucket/large "$work/large.rclone" && cmp "$work/large" "$work/large.rclone" && echo same'
  post faults '{"pathPattern":"/upload/*","method":"POST","queryPattern":"*upload_id*","forgetBytes":300000,"times":1}'
  check 'rclone: copy, large, a server that forgets' 'same' bash -c 'clone --retries 3 copyto "$work/large" :gcs:rclone-bucket/large && clone copyto :gcs:rclone-bucket/large "$work/large.rclone" && cmp "$work/large" "$work/large.rclone" && echo same'
  check 'rclone: check' '0 differences found' bash -c 'clone check "$work/tree" :gcs:rclone-bucket/tree'
  check 'rclone: lsf' '^sub/$' bash -c 'clone lsf :gcs:rclone-bucket/tree'
  check 'rclone: copy in the cloud, move, delete' '^moved$' bash -c 'clone copyto :gcs:rclone-bucket/large :gcs:rclone-bucket/copy && clone moveto :gcs:rclone-bucket/copy :gcs:rclone-bucket/moved && clone deletefile :gcs:rclone-bucket/large && clone lsf :gcs:rclone-bucket'
  check 'rclone: sync deletes what is gone' '^sub/$' bash -c 'rm "$work/tree/top.txt"; clone sync "$work/tree" :gcs:rclone-bucket/tree && clone lsf :gcs:rclone-bucket/tree'
  check 'rclone: purge' '404|not found|directory not found' bash -c 'clone purge :gcs:rclone-bucket; clone lsf :gcs:rclone-bucket'
  post options '{"anonymousStorage":false}'
else
  skip 'rclone: not installed'
fi
