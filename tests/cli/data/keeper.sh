# Sourced by cases of bad input. Makes the archive press with one article;
# index() runs morgue-index on it, kept() shows that nothing was lost.
echo '{"id":"keeper","title":"Keeper","body":"It was there before."}' |
    morgue-index --quiet --archive press -

index()
{
    morgue-index --archive press --quiet "$@" 2>&1
    echo "exit $?"
}

kept()
{
    morgue-index --archive press --quiet --verify &&
        morgue-search --archive press --format json keeper |
        jq -r '"kept: " + .hits[0].title'
}
