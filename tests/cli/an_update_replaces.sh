# The same id again: the later article is the article, in a run and after it.
{
    echo '{"id":"a","title":"First","body":"one"}'
    echo '{"id":"b","title":"Other","body":"stays"}'
    echo '{"id":"a","title":"Second","body":"two"}'
} | morgue-index --quiet --archive press -
morgue-search --archive press --format json '*' | jq -c '[.hits[].title] | sort'
echo '{"id":"a","title":"Third","body":"three"}' |
    morgue-index --archive press --format json - |
    jq -c '[.read, .added, .updated, .unchanged, .rejected]'
morgue-search --archive press --format json '*' | jq -c '[.hits[].title] | sort'
morgue-search --archive press --count two
morgue-search --archive press --count three
