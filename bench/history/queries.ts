export const STATISTICS = `query ($id: ID!) { quizStatistics(quizId: $id) {
  attemptCount meanScore reliability standardError scoreDistribution { from to attempts } upperGroupSize lowerGroupSize
  questions { questionId answerCount skippedCount facility discrimination effectiveWeight randomGuessScore
    elapsedMs { p25 median p75 p90 } choices { choiceId count upperCount lowerCount } } } }`;

export const PAGE = `query ($after: String, $filter: AttemptFilter, $orderBy: AttemptOrder) {
  attempts(first: 50, after: $after, filter: $filter, orderBy: $orderBy) { pageInfo { hasNextPage endCursor } edges { node {
    id nickname score rank joinedAt session { code quizTitle } answers { edges { node { questionId correct points elapsedMs } } } } } } }`;
